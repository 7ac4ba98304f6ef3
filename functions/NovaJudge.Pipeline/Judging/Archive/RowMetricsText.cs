namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>Reads what a row's dict, written as text, says. Rows repeat each other, so what was read is kept for a while.</summary>
internal sealed class RowMetricsText
{
    private const int Remembered = 256;
    private readonly Dictionary<string, RowMetrics> _seen = new(StringComparer.Ordinal);

    /// <summary>The metrics; <see cref="RowMetrics.None"/> for a text that is no dict.</summary>
    public RowMetrics Read(ReadOnlySpan<char> text)
    {
        var seen = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
        if (seen.TryGetValue(text, out var known))
        {
            return known;
        }

        var metrics = Parse(text);
        if (_seen.Count < Remembered)
        {
            seen[text] = metrics;
        }

        return metrics;
    }

    /// <summary>The first text under one of the keys that may hold a prompt; <c>null</c> without one.</summary>
    public static string? ReadPrompt(ReadOnlySpan<char> text)
    {
        var reader = new LiteralReader(text);
        if (!reader.TryEnter())
        {
            return null;
        }

        var keys = DetailsPlan.PromptKeys.GetAlternateLookup<ReadOnlySpan<char>>();
        while (reader.TryReadKey(out var key))
        {
            if (keys.Contains(key))
            {
                return reader.ReadText();
            }

            reader.Skip();
        }

        return null;
    }

    private static RowMetrics Parse(ReadOnlySpan<char> text)
    {
        var reader = new LiteralReader(text);
        if (!reader.TryEnter())
        {
            return RowMetrics.None;
        }

        var metrics = RowMetrics.None;
        while (reader.TryReadKey(out var key))
        {
            var role = DetailsColumn.MetricOf(key);
            switch (role)
            {
                case null: reader.Skip(); break;
                case DetailsRole.ForwardOutput or DetailsRole.BackwardOutput: metrics = metrics.With(role.Value, reader.ReadText()); break;
                default: metrics = metrics.With(role.Value, reader.ReadNumber()); break;
            }
        }

        return reader.Failed ? RowMetrics.None : metrics;
    }
}
