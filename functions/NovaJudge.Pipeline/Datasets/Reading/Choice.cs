namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>What a reader does with a record it has come to.</summary>
internal enum Choice
{
    PassOver,
    Take,

    /// <summary>Take it; nothing behind it is wanted, so the rest need not be read.</summary>
    TakeAsLast,
}
