namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>The fields of a line or row, in JSON Lines and CSV alike.</summary>
internal enum RecordField { Unknown, Id, Prompt, Context, References, Category, Cluster, ResponseA, ResponseB }

internal static class RecordFields
{
    private static readonly string[] Names = ["", "id", "prompt", "context", "references", "category", "cluster", "response_A", "response_B"];

    public static RecordField Of(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("prompt"u8) ? RecordField.Prompt
        : name.SequenceEqual("id"u8) ? RecordField.Id
        : name.SequenceEqual("context"u8) ? RecordField.Context
        : name.SequenceEqual("references"u8) ? RecordField.References
        : name.SequenceEqual("category"u8) ? RecordField.Category
        : name.SequenceEqual("cluster"u8) ? RecordField.Cluster
        : name.SequenceEqual("response_A"u8) ? RecordField.ResponseA
        : name.SequenceEqual("response_B"u8) ? RecordField.ResponseB
        : RecordField.Unknown;

    public static string Name(RecordField field) => Names[(int)field];

    public static bool IsResponse(RecordField field) => field is RecordField.ResponseA or RecordField.ResponseB;

    /// <summary>The complaint about a field or column nobody knows.</summary>
    public static string UnknownField(ReadOnlySpan<byte> name, bool responses)
    {
        var known = string.Join(", ", responses ? Names[1..] : Names[1..7]);
        var text = System.Text.Encoding.UTF8.GetString(name[..Math.Min(name.Length, 40)]);
        var meant = Names[1..].FirstOrDefault(each => each.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        return $"unknown field {DatasetException.Quote(name)}; known are {known}. "
            + (meant is null ? "Rename or remove it." : $"Did you mean \"{meant}\"?");
    }
}
