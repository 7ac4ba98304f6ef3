using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Costs;

/// <summary>Looks prices up: first in the request's own table, then in the built-in one. What neither knows is unknown.</summary>
public sealed class PriceBook
{
    private static readonly Lazy<PriceTable> BuiltInTable = new(Load);
    private readonly PriceTable? _own;

    private PriceBook(PriceTable? own) => _own = own;

    /// <summary>The table that this build brings along.</summary>
    public static PriceTable BuiltIn => BuiltInTable.Value;

    /// <summary>The prices that hold for a request.</summary>
    public static PriceBook Of(EvaluationRequest request) => new(request.Cost?.Prices);

    /// <summary>The built-in prices, behind those of another table if there is one.</summary>
    public static PriceBook Over(PriceTable? own) => new(own);

    /// <summary>Names the tables: equal versions and equal tokens are equal dollars.</summary>
    public string Version => _own is null ? BuiltIn.Version : $"{_own.Version} over {BuiltIn.Version}";

    /// <summary>What calls of a model cost.</summary>
    public ModelRate Find(ModelSpec model)
    {
        if (model.Scheme is "run" or "file")
        {
            return new ModelRate(RateKind.Free, "replayed", null);
        }

        var spec = model.ToString();
        if ((Find(_own, spec) ?? Find(BuiltIn, spec)) is { } price)
        {
            return Rate(price);
        }

        return IsLocal(model)
            ? new ModelRate(RateKind.Free, "local", null)
            : new ModelRate(RateKind.Unknown, $"no price is known for {spec}", null);
    }

    /// <summary>What an hour of an instance costs; <c>null</c> when unknown. Where no region is known, a type that costs the same in all known ones has that price.</summary>
    public InstancePrice? FindInstance(string type, string use, string? region)
    {
        foreach (var table in new[] { _own, BuiltIn })
        {
            var fitting = table?.Instances.Where(price => price.Instance == type && price.Use == use && (region is null || price.Region == region)).ToArray() ?? [];
            if (fitting.Length > 0)
            {
                return fitting.All(price => price.PerHour == fitting[0].PerHour) ? fitting[0] : null;
            }
        }

        return null;
    }

    private ModelRate Rate(ModelPrice price)
    {
        if (price.Instance is { } type)
        {
            return FindInstance(type, InstancePrice.Endpoint, null) is { } instance
                ? new ModelRate(RateKind.Hours, null, new PriceUsed(null, null, instance.PerHour, instance.Source, instance.AsOf))
                : new ModelRate(RateKind.Unknown, $"no price is known for {type}, on which {price.Model} runs", null);
        }

        return price.PerHour is { } hour
            ? new ModelRate(RateKind.Hours, null, new PriceUsed(null, null, hour, price.Source, price.AsOf))
            : new ModelRate(RateKind.Tokens, null, new PriceUsed(price.InputPerMillion ?? 0, price.OutputPerMillion ?? 0, null, price.Source, price.AsOf));
    }

    private static ModelPrice? Find(PriceTable? table, string spec) =>
        table?.Models.Where(price => price.Fits(spec)).MaxBy(price => price.Weight);

    /// <summary>Whether a model runs on this machine, where nobody sends a bill.</summary>
    private static bool IsLocal(ModelSpec model) => model.Scheme switch
    {
        "embedded" or "ollama" => true,
        "openai" => Uri.TryCreate(model.Target[..model.Target.LastIndexOf('#')], UriKind.Absolute, out var address) && address.IsLoopback,
        _ => false,
    };

    private static PriceTable Load()
    {
        using var stream = typeof(PriceBook).Assembly.GetManifestResourceStream("prices.json")
            ?? throw new InvalidOperationException("The price table is missing from this build.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return PriceTableReader.Read(buffer.ToArray(), "prices.json");
    }
}
