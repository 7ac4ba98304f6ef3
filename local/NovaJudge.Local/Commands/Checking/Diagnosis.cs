using System.Text.Json.Serialization;

namespace NovaJudge.Local.Commands.Checking;

/// <summary>What one check found.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="State">What came of it.</param>
/// <param name="Finding">What was found, in a few words.</param>
/// <param name="Fix">What to do about it; absent where nothing need be done.</param>
internal sealed record Diagnosis(string Check, DiagnosisState State, string Finding, string? Fix = null)
{
    public static Diagnosis Ok(string check, string finding) => new(check, DiagnosisState.Ok, finding);

    public static Diagnosis Warning(string check, string finding, string? fix = null) => new(check, DiagnosisState.Warning, finding, fix);

    public static Diagnosis Problem(string check, string finding, string? fix = null) => new(check, DiagnosisState.Problem, finding, fix);

    public static Diagnosis NotChecked(string check, string finding, string? fix = null) => new(check, DiagnosisState.NotChecked, finding, fix);
}

/// <summary>What came of a check.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DiagnosisState>))]
internal enum DiagnosisState
{
    [JsonStringEnumMemberName("ok")] Ok,

    /// <summary>Runs work, something else does not.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>What was asked for cannot work.</summary>
    [JsonStringEnumMemberName("problem")] Problem,

    /// <summary>Finding out would cost something, or cannot be done from here.</summary>
    [JsonStringEnumMemberName("notChecked")] NotChecked,
}
