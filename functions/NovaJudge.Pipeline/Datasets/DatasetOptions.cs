namespace NovaJudge.Pipeline.Datasets;

/// <summary>How a data set's bytes are to be read.</summary>
public enum DatasetFormat
{
    /// <summary>Told from the first bytes, then from the extension of the name.</summary>
    Auto,

    /// <summary>SQuAD 1.1 or 2.0, one JSON object. Fields that SQuAD does not know are passed over.</summary>
    Squad,

    /// <summary>One object a line: <c>prompt</c>, optional <c>id</c>, <c>context</c>, <c>references</c>, <c>category</c>, <c>cluster</c>.</summary>
    Jsonl,

    /// <summary>RFC 4180 with a header row of the same names, <c>response_A</c> and <c>response_B</c> among them; several references in one cell are a JSON array.</summary>
    Csv,

    /// <summary>JSON Lines or CSV with <c>response_A</c> and <c>response_B</c> for every prompt: the answers exist, only the judge is missing.</summary>
    Pairs,
}

/// <summary>What a reader needs to know beside the bytes.</summary>
public sealed record DatasetOptions
{
    /// <summary>The file's name as a person knows it; every message begins with it.</summary>
    public required string Name { get; init; }

    public DatasetFormat Format { get; init; } = DatasetFormat.Auto;

    /// <summary>Keep SQuAD 2.0's questions without an answer. Default: leave them out and count them.</summary>
    public bool IncludeUnanswerable { get; init; }

    /// <summary>Most bytes (UTF-8) of one text, and of prompt and context together. Default 1 MiB. A single line or value may take 16 times as much before it is given up unread.</summary>
    public int MaxPromptBytes { get; init; } = 1024 * 1024;
}
