using System.Collections.Frozen;
using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Judging;

/// <summary>In which order a pass of the judge saw the two answers.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ShownOrder>))]
public enum ShownOrder
{
    /// <summary>The forward pass.</summary>
    [JsonStringEnumMemberName("aFirst")] AFirst,

    /// <summary>The backward pass.</summary>
    [JsonStringEnumMemberName("bFirst")] BFirst,
}

/// <summary>
/// The raw labels of a pass that are accepted, as a table. A label names places, not models: <c>A</c> is the answer shown
/// first. Nobody has published a real per-row file, so spellings that cannot mean anything else are accepted too.
/// </summary>
public static class JudgeLabels
{
    private static readonly FrozenDictionary<string, PassVerdict> Table = new Dictionary<string, PassVerdict>
    {
        ["[[A>B]]"] = PassVerdict.A,
        ["[[A>>B]]"] = PassVerdict.A,
        ["[A>B]"] = PassVerdict.A,
        ["A>B"] = PassVerdict.A,
        ["A>>B"] = PassVerdict.A,
        ["[[A]]"] = PassVerdict.A,
        ["A"] = PassVerdict.A,
        ["response_A"] = PassVerdict.A,
        ["[[B>A]]"] = PassVerdict.B,
        ["[[B>>A]]"] = PassVerdict.B,
        ["[B>A]"] = PassVerdict.B,
        ["B>A"] = PassVerdict.B,
        ["B>>A"] = PassVerdict.B,
        ["[[B]]"] = PassVerdict.B,
        ["B"] = PassVerdict.B,
        ["response_B"] = PassVerdict.B,
        ["[[A=B]]"] = PassVerdict.Tie,
        ["[[B=A]]"] = PassVerdict.Tie,
        ["[A=B]"] = PassVerdict.Tie,
        ["A=B"] = PassVerdict.Tie,
        ["B=A"] = PassVerdict.Tie,
        ["A=B (both bad)"] = PassVerdict.Tie,
        ["[[C]]"] = PassVerdict.Tie,
        ["tie"] = PassVerdict.Tie,
        ["unreadable"] = PassVerdict.Unreadable,
        ["inference_error"] = PassVerdict.Unreadable,
        ["error"] = PassVerdict.Unreadable,
        ["None"] = PassVerdict.Unreadable,
        ["nan"] = PassVerdict.Unreadable,
        [""] = PassVerdict.Unreadable,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, PassVerdict>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Table.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every accepted label with what it means where A stands for the answer shown first.</summary>
    public static IReadOnlyDictionary<string, PassVerdict> All => Table;

    /// <summary>
    /// Reads a pass's raw output: a label of the table, or a text that holds bracketed labels of one meaning only.
    /// A text with labels of different meanings is <see cref="PassVerdict.Unreadable"/>, as is an absent one;
    /// <c>null</c> means that nothing of the table was found.
    /// </summary>
    public static PassVerdict? TryRead(string? raw)
    {
        var text = raw.AsSpan().Trim();
        return Lookup.TryGetValue(text, out var exact) ? exact : FindBracketed(text);
    }

    private static PassVerdict? FindBracketed(ReadOnlySpan<char> text)
    {
        PassVerdict? found = null;
        while (text.IndexOf("[[", StringComparison.Ordinal) is var start and >= 0)
        {
            text = text[start..];
            var end = text.IndexOf("]]", StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            if (Lookup.TryGetValue(text[..(end + 2)], out var verdict))
            {
                found = found is null || found == verdict ? verdict : PassVerdict.Unreadable;
            }

            text = text[1..];
        }

        return found;
    }

    /// <summary>The label that a judge gives when the answers were shown in that order.</summary>
    public static string Write(PassVerdict verdict, ShownOrder order) => (order == ShownOrder.AFirst ? verdict : Turn(verdict)) switch
    {
        PassVerdict.A => "[[A>B]]",
        PassVerdict.B => "[[B>A]]",
        PassVerdict.Tie => "[[A=B]]",
        _ => "unreadable",
    };

    /// <summary>A verdict as it reads with the two answers in each other's place.</summary>
    public static PassVerdict Turn(PassVerdict verdict) => verdict switch
    {
        PassVerdict.A => PassVerdict.B,
        PassVerdict.B => PassVerdict.A,
        _ => verdict,
    };
}
