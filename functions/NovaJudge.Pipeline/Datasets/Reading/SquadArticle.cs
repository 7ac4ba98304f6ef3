namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>What the records of one article share. JSON objects have no order, so the title may follow the paragraphs.</summary>
internal sealed class SquadArticle(int number)
{
    /// <summary>From 0, in file order.</summary>
    public int Number => number;

    public string? Title { get; set; }

    public string? Category { get; set; }

    /// <summary>The article's object has ended.</summary>
    public bool IsClosed { get; set; }

    /// <summary>The cluster can be told: the title has been read, or there is none to come.</summary>
    public bool IsKnown => Title is not null || IsClosed;

    public string Cluster => Title ?? $"article-{number + 1}";
}
