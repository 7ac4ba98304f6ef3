namespace NovaJudge.Pipeline.Datasets;

/// <summary>What a reader met on its way; filled while it reads.</summary>
public sealed class DatasetCounts
{
    /// <summary>The format that was read; never <see cref="DatasetFormat.Auto"/> once reading has begun.</summary>
    public DatasetFormat Format { get; internal set; }

    /// <summary>Records that can be sampled, unanswerable ones not among them unless they were asked for.</summary>
    public int Records { get; internal set; }

    /// <summary>Unanswerable questions left out.</summary>
    public int UnanswerableLeftOut { get; internal set; }

    /// <summary>Records without an id, which got one made from their content.</summary>
    public int DerivedIds { get; internal set; }

    /// <summary>Records without an id whose content equals an earlier one's; they get the ids <c>x-2</c>, <c>x-3</c> and so on.</summary>
    public int Repeated { get; internal set; }

    /// <summary>Every record brings both responses, so that nothing is left to generate.</summary>
    public bool HasResponses { get; internal set; }
}
