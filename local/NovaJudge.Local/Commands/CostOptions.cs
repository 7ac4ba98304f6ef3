using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NovaJudge.Pipeline;
using NovaJudge.Pipeline.Costs;

namespace NovaJudge.Local.Commands;

/// <summary>The options that say what a run may cost, and by which prices.</summary>
internal sealed class CostOptions
{
    /// <summary>The variable that names the price table when no option does.</summary>
    private const string PricesVariable = "NOVA_PRICES";

    private readonly Option<string?> _maxCost = new("--max-cost") { Description = "Stop before the run has cost more US dollars than this; it can go on with a higher limit.", HelpName = "USD" };
    private readonly Option<string?> _maxTokens = new("--max-total-tokens") { Description = "The same in tokens read and written by all models; needs no prices.", HelpName = "N" };
    private readonly Option<FileInfo?> _prices = new("--prices") { Description = $"Prices as JSON, before the built-in ones (docs/cost.md). Default: the file that {PricesVariable} names.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(_maxCost);
        command.Options.Add(_maxTokens);
        command.Options.Add(_prices);
    }

    /// <summary>Writes what was given into a request.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public void Apply(ParseResult result, JsonObject request)
    {
        if (result.GetValue(_maxCost) is { } usd)
        {
            Cost(request)["maxUsd"] = double.TryParse(usd, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) && double.IsFinite(dollars)
                ? dollars
                : throw PipelineException.BadInput($"--max-cost {usd}: US dollars are expected, such as 2.50.");
        }

        if (result.GetValue(_maxTokens) is { } tokens)
        {
            Cost(request)["maxTokens"] = long.TryParse(tokens, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
                ? most
                : throw PipelineException.BadInput($"--max-total-tokens {tokens}: a whole number is expected, such as 1000000.");
        }

        if (Prices(result.GetValue(_prices)) is { } prices)
        {
            Cost(request)["prices"] = prices;
        }
    }

    /// <summary>The table of a file, or of the variable's file; <c>null</c> when neither is named.</summary>
    private static JsonNode? Prices(FileInfo? file)
    {
        var path = file?.FullName ?? (Environment.GetEnvironmentVariable(PricesVariable) is { Length: > 0 } named ? Path.GetFullPath(named) : null);
        if (path is null)
        {
            return null;
        }

        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw PipelineException.BadInput($"{(file is null ? PricesVariable : "--prices")}: {e.Message}");
        }

        var table = PriceTableReader.Read(content, path);
        var node = JsonNode.Parse(content)!.AsObject();
        node["version"] ??= table.Version;
        return node;
    }

    private static JsonObject Cost(JsonObject request)
    {
        if (request["cost"] is not JsonObject cost)
        {
            request["cost"] = cost = [];
        }

        return cost;
    }
}
