using System.Text.Json;
using System.Text.RegularExpressions;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Reads a price table. Everything that is wrong is told at once, each problem with its JSON path.</summary>
public static partial class PriceTableReader
{
    /// <summary>The highest price that is believed: for a million tokens, or for an hour.</summary>
    private const double Highest = 1_000_000;

    private const int MostPrices = 2000;
    private static readonly string[] Uses = [InstancePrice.Training, InstancePrice.Endpoint];

    /// <summary>Reads a file's content.</summary>
    /// <param name="json">The content, UTF-8.</param>
    /// <param name="name">What the file is called, for messages.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>, with one line for each problem.</exception>
    public static PriceTable Read(ReadOnlyMemory<byte> json, string name)
    {
        var problems = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw PipelineException.BadInput($"{name}: a price table is a JSON object with \"models\", \"instances\" or both.");
            }

            var table = Read(new JsonFields(document.RootElement, "$", problems), Slug.Hash(8, Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(json.Span))));
            return problems.Count == 0 ? table : throw PipelineException.BadInput(problems.Select(problem => $"{name}: {problem}"));
        }
        catch (JsonException e)
        {
            throw PipelineException.BadInput($"{name}, line {e.LineNumber + 1}: it is not JSON. {e.Message}");
        }
    }

    /// <summary>Reads the fields of a table.</summary>
    /// <param name="fields">The table.</param>
    /// <param name="unnamed">The version of a table that names none.</param>
    internal static PriceTable Read(JsonFields fields, string unnamed)
    {
        var table = new PriceTable
        {
            Version = fields.Text("version", unnamed, 60),
            Models = [.. fields.Objects("models", MostPrices).Select(ReadModel)],
            Instances = [.. fields.Objects("instances", MostPrices).Select(ReadInstance)],
        };
        if (table.Models.Count + table.Instances.Count == 0)
        {
            fields.Problem("", "a price table holds at least one price, in \"models\" or \"instances\"");
        }

        foreach (var twice in table.Models.GroupBy(price => price.Model, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            fields.Problem("models", $"\"{twice.Key}\" has {twice.Count()} prices where one is expected");
        }

        fields.RefuseOthers();
        return table;
    }

    private static ModelPrice ReadModel(JsonFields fields)
    {
        var model = fields.OptionalText("model", 300);
        if (string.IsNullOrWhiteSpace(model))
        {
            fields.Problem("model", "a model's spec is expected, such as bedrock:<id>; a star stands for any characters");
        }

        var price = new ModelPrice
        {
            Model = model ?? "",
            InputPerMillion = fields.OptionalNumber("inputPerMillion", 0, Highest),
            OutputPerMillion = fields.OptionalNumber("outputPerMillion", 0, Highest),
            PerHour = fields.OptionalNumber("perHour", 0, Highest),
            Instance = fields.OptionalText("instance", 64),
            Source = fields.OptionalText("source", 300),
            AsOf = ReadDay(fields),
        };
        var byTokens = fields.Any("inputPerMillion") is not null || fields.Any("outputPerMillion") is not null;
        var ways = (byTokens ? 1 : 0) + (fields.Any("perHour") is null ? 0 : 1) + (price.Instance is null ? 0 : 1);
        if (ways != 1)
        {
            fields.Problem("", "exactly one way to pay is expected: inputPerMillion with outputPerMillion, or perHour, or instance");
        }
        else if (fields.Any("inputPerMillion") is null != fields.Any("outputPerMillion") is null)
        {
            fields.Problem("", "inputPerMillion and outputPerMillion belong together; write 0 for what is free");
        }

        fields.RefuseOthers();
        return price;
    }

    private static InstancePrice ReadInstance(JsonFields fields)
    {
        var price = new InstancePrice(
            Needed(fields, "instance", "an instance type such as ml.g5.12xlarge is expected"),
            fields.Word("use", "", Uses),
            Needed(fields, "region", "a region such as us-east-1 is expected"),
            fields.OptionalNumber("perHour", 0, Highest) ?? 0,
            fields.OptionalText("source", 300),
            ReadDay(fields));
        if (fields.Any("perHour") is null)
        {
            fields.Problem("perHour", "US dollars for an hour are expected");
        }

        fields.RefuseOthers();
        return price;
    }

    private static string Needed(JsonFields fields, string name, string rule)
    {
        var text = fields.OptionalText(name, 64);
        if (text is null && fields.Any(name) is null)
        {
            fields.Problem(name, rule);
        }

        return text ?? "";
    }

    private static string? ReadDay(JsonFields fields)
    {
        var day = fields.OptionalText("asOf", 20);
        if (day is not null && !Day.IsMatch(day))
        {
            fields.Problem("asOf", $"a day such as 2026-11-28 is expected, not \"{day}\"");
        }

        return day;
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    private static partial Regex Day { get; }
}
