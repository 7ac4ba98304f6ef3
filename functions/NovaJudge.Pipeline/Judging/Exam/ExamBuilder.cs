using System.Security.Cryptography;
using System.Text;
using NovaJudge.Pipeline.Generation;
using NovaJudge.Pipeline.Judging.Archive;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>Makes the questions of an exam from records with gold answers. Equal records and seeds make equal exams, in whatever order the records come.</summary>
public static class ExamBuilder
{
    private static readonly ExamKind[] Kinds = Enum.GetValues<ExamKind>();
    private static readonly ExamKind[] KindsWithoutWrong = [.. Kinds.Except([ExamKind.GoldOrWrong, ExamKind.Injected])];

    /// <summary>Records asked for a wrong answer before a question of another kind is made instead.</summary>
    private const int WrongAnswersTried = 200;

    /// <param name="records">Records; those without gold answers, or with another one's prompt, take no part.</param>
    /// <param name="size">Most questions to make; each record makes one.</param>
    /// <param name="seed">Draws the records.</param>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/> when no record can make a question.</exception>
    public static IReadOnlyList<ExamPair> Build(IReadOnlyList<PromptRow> records, int size, long seed)
    {
        var usable = records
            .Where(record => record.References is { Count: > 0 } references && references.Any(reference => Normal(reference).Length > 0))
            .Select(record => (Record: record, Key: Key(record.Id, seed)))
            .OrderBy(entry => entry.Key)
            .ThenBy(entry => entry.Record.Id, StringComparer.Ordinal)
            .Select(entry => entry.Record)
            .DistinctBy(record => PromptHash.Of(record.Text))
            .ToList();
        if (usable.Count == 0)
        {
            throw PipelineException.BadInput(
                "The data set cannot make an exam: none of its records has a gold answer. Use one with references, such as SQuAD.");
        }

        var wrongAnswers = usable.GroupBy(record => AnswerType.Of(Gold(record))).ToDictionary(group => group.Key, group => group.ToList());
        var made = new int[Kinds.Length];
        var pairs = new List<ExamPair>(Math.Min(size, usable.Count));
        foreach (var record in usable.Take(size))
        {
            var wanted = Kinds.MinBy(kind => made[(int)kind]);
            var wrong = wanted is ExamKind.GoldOrWrong or ExamKind.Injected ? FindWrong(record, wrongAnswers[AnswerType.Of(Gold(record))]) : null;

            // No other record has an answer of this type: the record still makes a question that needs none.
            var kind = wrong is not null ? wanted
                : wanted is ExamKind.GoldOrWrong or ExamKind.Injected ? KindsWithoutWrong.MinBy(other => made[(int)other])
                : wanted;
            pairs.Add(Make(record, kind, wrong, made[(int)kind]++));
        }

        return pairs;
    }

    private static ExamPair Make(PromptRow record, ExamKind kind, string? wrong, int number)
    {
        var gold = Gold(record);
        var other = kind switch
        {
            ExamKind.GoldOrWrong => wrong!,
            ExamKind.Injected => ExamTexts.Injected(wrong!, number / 2),
            ExamKind.Padded => ExamTexts.Padded(gold),
            ExamKind.Reordered => ExamTexts.Ordered(gold, answerFirst: false),
            ExamKind.Phrased => ExamTexts.Phrased(gold),
            _ => gold,
        };
        gold = kind == ExamKind.Reordered ? ExamTexts.Ordered(gold, answerFirst: true) : gold;

        // The better side changes with every question, so that no kind favours one.
        var better = number % 2 == 0 ? ModelSlot.A : ModelSlot.B;
        var pair = better == ModelSlot.A ? new JudgePair(record.Text, gold, other) : new JudgePair(record.Text, other, gold);
        return new ExamPair(
            record.Id, kind, pair, kind is ExamKind.Identical or ExamKind.Reordered or ExamKind.Phrased ? null : better, record.References!);
    }

    /// <summary>Another record's gold answer that is no right one here, from the same article where there is one.</summary>
    private static string? FindWrong(PromptRow record, List<PromptRow> candidates)
    {
        var start = candidates.IndexOf(record);
        string? fallback = null;
        for (var step = 1; step < Math.Min(candidates.Count, WrongAnswersTried); step++)
        {
            var candidate = candidates[(start + step) % candidates.Count];
            if (!IsWrong(record, Gold(candidate)))
            {
                continue;
            }

            if (candidate.Cluster is not null && candidate.Cluster == record.Cluster)
            {
                return Gold(candidate);
            }

            fallback ??= Gold(candidate);
        }

        return fallback;
    }

    /// <summary>Whether an answer shares nothing with the gold ones: "Paris, France" is not wrong where "Paris" is right.</summary>
    private static bool IsWrong(PromptRow record, string answer)
    {
        var normal = Normal(answer);
        return normal.Length > 0 && record.References!.Select(Normal).All(reference =>
            reference.Length == 0
            || (!reference.Contains(normal, StringComparison.Ordinal) && !normal.Contains(reference, StringComparison.Ordinal)));
    }

    private static string Gold(PromptRow record) => record.References!.First(reference => Normal(reference).Length > 0).Trim();

    private static string Normal(string answer) => new([.. answer.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static ulong Key(string id, long seed) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {id}")));
}
