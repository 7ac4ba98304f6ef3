using System.Buffers;
using System.Text.RegularExpressions;

namespace NovaJudge.Pipeline.Judging.ByModel;

/// <summary>
/// Reads the verdict out of what a judging model wrote: exactly <c>[[A&gt;B]]</c>, <c>[[B&gt;A]]</c> or <c>[[A=B]]</c>. None, or
/// two that differ, is <see cref="PassVerdict.Unreadable"/>; so is one that the judge only repeats from the prompt or an answer.
/// In doubt nothing is read: an unreadable pass is counted, a forged one would be believed.
/// </summary>
public static partial class VerdictParser
{
    /// <summary>Signs beside a verdict, blanks aside, that it must share with its source to be a quotation.</summary>
    private const int QuotationContext = 6;

    /// <summary>Longest output that is read, in characters: a judge that writes more has lost its way.</summary>
    private const int LongestOutput = 200_000;

    private const string EndOfThought = "</think>";

    private static readonly SearchValues<char> OpeningMarks = SearchValues.Create("\"'`“‘«„");
    private static readonly SearchValues<char> ClosingMarks = SearchValues.Create("\"'`”’»“");

    /// <summary>The verdicts as a judge must write them.</summary>
    public static IReadOnlyList<string> Labels { get; } = ["[[A>B]]", "[[B>A]]", "[[A=B]]"];

    /// <summary>The verdict of one pass in terms of the models: for an output of the backward pass it is turned round.</summary>
    public static PassVerdict Parse(string output, JudgePair pair, ShownOrder order)
    {
        var text = output.Length <= LongestOutput ? WithoutThought(output) : "";
        var repeated = Contexts(pair.Prompt, pair.ResponseA, pair.ResponseB);
        PassVerdict? found = null;
        foreach (var match in Label().EnumerateMatches(text))
        {
            if (IsQuotation(text, match.Index, match.Length, repeated))
            {
                continue;
            }

            var verdict = text[match.Index + 2] == 'B' ? PassVerdict.B : text[match.Index + 3] == '=' ? PassVerdict.Tie : PassVerdict.A;
            if (found is not null && found != verdict)
            {
                return PassVerdict.Unreadable;
            }

            found = verdict;
        }

        return (found, order) switch
        {
            (null, _) => PassVerdict.Unreadable,
            ({ } verdict, ShownOrder.BFirst) => JudgeLabels.Turn(verdict),
            ({ } verdict, _) => verdict,
        };
    }

    /// <summary>Some models think aloud before they answer. A thought that never ends has no answer after it.</summary>
    private static string WithoutThought(string output) =>
        !output.AsSpan().TrimStart().StartsWith("<think>", StringComparison.Ordinal) ? output
        : output.LastIndexOf(EndOfThought, StringComparison.Ordinal) is var end and >= 0 ? output[(end + EndOfThought.Length)..]
        : "";

    /// <summary>The verdicts that the sources hold, each with the signs around it.</summary>
    private static HashSet<Context> Contexts(params ReadOnlySpan<string> sources)
    {
        var contexts = new HashSet<Context>();
        foreach (var source in sources)
        {
            foreach (var match in Label().EnumerateMatches(source))
            {
                contexts.Add(Context.At(source, match.Index, match.Length));
            }
        }

        return contexts;
    }

    /// <summary>Whether a verdict at that place repeats one from a source: it stands in quotation marks, or among words of the source.</summary>
    private static bool IsQuotation(string text, int at, int length, HashSet<Context> repeated)
    {
        var own = Context.At(text, at, length);
        var marked = repeated.Count > 0 && InQuotationMarks(text, at, length);
        return repeated.Any(context => context.Label == own.Label && (marked || context.Shared(own) >= QuotationContext));
    }

    /// <summary>Whether the verdict stands in a quoted line, in a block of code, or between quotation marks of its line.</summary>
    private static bool InQuotationMarks(ReadOnlySpan<char> text, int at, int length)
    {
        var before = text[..at];
        var line = before[(before.LastIndexOf('\n') + 1)..];
        var after = text[(at + length)..];
        var lineEnd = after.IndexOf('\n');
        return line.TrimStart().StartsWith('>')
            || (line.ContainsAny(OpeningMarks) && (lineEnd < 0 ? after : after[..lineEnd]).ContainsAny(ClosingMarks))
            || before.Count("```") % 2 == 1;
    }

    [GeneratedRegex(@"\[\[(?:A>B|B>A|A=B)\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex Label();

    /// <summary>A verdict with the signs around it, blanks left out; those before it are read from right to left.</summary>
    private sealed record Context(string Label, string Before, string After)
    {
        public static Context At(string text, int at, int length)
        {
            Span<char> before = stackalloc char[QuotationContext];
            Span<char> after = stackalloc char[QuotationContext];
            var (left, right) = (0, 0);
            for (var index = at - 1; index >= 0 && left < QuotationContext; index--)
            {
                left += char.IsWhiteSpace(before[left] = text[index]) ? 0 : 1;
            }

            for (var index = at + length; index < text.Length && right < QuotationContext; index++)
            {
                right += char.IsWhiteSpace(after[right] = text[index]) ? 0 : 1;
            }

            return new Context(text.Substring(at, length), before[..left].ToString(), after[..right].ToString());
        }

        public int Shared(Context other) =>
            Before.AsSpan().CommonPrefixLength(other.Before) + After.AsSpan().CommonPrefixLength(other.After);
    }
}
