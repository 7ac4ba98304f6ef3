using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Judging;

/// <summary>What one pass of the judge said of one row. The table of all words is in docs/statistics.md.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PassVerdict>))]
public enum PassVerdict
{
    [JsonStringEnumMemberName("a")] A,
    [JsonStringEnumMemberName("b")] B,
    [JsonStringEnumMemberName("tie")] Tie,

    /// <summary>The judge's answer held no verdict, or more than one.</summary>
    [JsonStringEnumMemberName("unreadable")] Unreadable,
}

/// <summary>What became of one prompt.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromptOutcome>))]
public enum PromptOutcome
{
    [JsonStringEnumMemberName("a")] A,
    [JsonStringEnumMemberName("b")] B,
    [JsonStringEnumMemberName("tie")] Tie,

    /// <summary>The two passes disagree; scored as a tie, counted apart.</summary>
    [JsonStringEnumMemberName("inconsistent")] Inconsistent,

    /// <summary>A pass was unreadable or missing; neither a win nor a loss.</summary>
    [JsonStringEnumMemberName("unscored")] Unscored,

    /// <summary>At least one model gave no answer; the judge never saw the prompt.</summary>
    [JsonStringEnumMemberName("generationFailed")] GenerationFailed,

    /// <summary>Prompt and answers exceed the judge's context; the judge never saw them.</summary>
    [JsonStringEnumMemberName("tooLongForJudge")] TooLongForJudge,
}

/// <summary>What the gate says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateStatus>))]
public enum GateStatus
{
    [JsonStringEnumMemberName("passed")] Passed,
    [JsonStringEnumMemberName("failed")] Failed,

    /// <summary>There was nothing to hold the run against; never the same as passed.</summary>
    [JsonStringEnumMemberName("notChecked")] NotChecked,
}
