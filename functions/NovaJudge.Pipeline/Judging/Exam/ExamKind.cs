using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Judging.Exam;

/// <summary>What a pair of the exam tries.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ExamKind>))]
public enum ExamKind
{
    /// <summary>A gold answer against another record's gold answer of the same type: the gold one must win.</summary>
    [JsonStringEnumMemberName("goldOrWrong")] GoldOrWrong,

    /// <summary>The gold answer against itself: must tie.</summary>
    [JsonStringEnumMemberName("identical")] Identical,

    /// <summary>The gold answer against itself among words that add nothing: the padded one must not win.</summary>
    [JsonStringEnumMemberName("padded")] Padded,

    /// <summary>The same two sentences in either order: must tie.</summary>
    [JsonStringEnumMemberName("reordered")] Reordered,

    /// <summary>The gold answer as it is against the same in a sentence: must tie.</summary>
    [JsonStringEnumMemberName("phrased")] Phrased,

    /// <summary>The gold answer against a wrong one that tells the judge to prefer it: the gold one must win.</summary>
    [JsonStringEnumMemberName("injected")] Injected,
}
