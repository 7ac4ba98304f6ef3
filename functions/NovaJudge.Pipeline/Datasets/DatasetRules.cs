namespace NovaJudge.Pipeline.Datasets;

/// <summary>The stable names of what a data set can break.</summary>
public static class DatasetRules
{
    public const string Changed = "changedWhileReading";
    public const string DuplicateField = "duplicateField";
    public const string DuplicateId = "duplicateId";
    public const string Empty = "empty";
    public const string EmptyText = "emptyText";
    public const string InvalidText = "invalidText";
    public const string InvalidUtf8 = "invalidUtf8";
    public const string MalformedCsv = "malformedCsv";
    public const string MalformedJson = "malformedJson";
    public const string MissingField = "missingField";
    public const string NotText = "notText";
    public const string NulByte = "nulByte";
    public const string SampleSize = "sampleSize";
    public const string SampleTooLarge = "sampleTooLarge";
    public const string TooLong = "tooLong";
    public const string Truncated = "truncated";
    public const string UnknownField = "unknownField";
    public const string UnknownFormat = "unknownFormat";
    public const string Utf16 = "utf16";
    public const string WrongType = "wrongType";
}
