using System.Text;

namespace NovaJudge.Pipeline.Datasets;

/// <summary>A data set that cannot be used: one sentence that names the file, the place and the rule, and what to do.</summary>
public sealed class DatasetException : Exception
{
    public DatasetException(string name, long? line, string rule, string message, Exception? cause = null)
        : base(line is null ? $"{name}: {message}" : $"{name}, line {line}: {message}", cause)
    {
        Name = name;
        Line = line;
        Rule = rule;
    }

    /// <summary>The data set's name.</summary>
    public string Name { get; }

    /// <summary>The line, from 1; null when the whole file is meant.</summary>
    public long? Line { get; }

    /// <summary>One of <see cref="DatasetRules"/>; stable, so that programs may tell the cases apart.</summary>
    public string Rule { get; }

    /// <summary>Foreign text for a message: short, in quotes, no control characters.</summary>
    internal static string Quote(ReadOnlySpan<byte> utf8)
    {
        const int longest = 60;
        var quoted = new StringBuilder("\"");
        foreach (var rune in Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * longest)]).EnumerateRunes())
        {
            if (quoted.Length > longest)
            {
                quoted.Append('…');
                break;
            }

            quoted.Append(Rune.IsControl(rune) ? "\uFFFD" : rune.ToString());
        }

        return quoted.Append('"').ToString();
    }
}
