namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>Files that are plainly something else, told by their first bytes so that the message can name what they are.</summary>
internal static class FileSignature
{
    public static void RefuseOtherThanText(ReadOnlySpan<byte> head, string name)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || LooksWide(head))
        {
            throw new DatasetException(name, null, DatasetRules.Utf16, "is UTF-16 or UTF-32 text; only UTF-8 is read. Save the file as UTF-8.");
        }

        if (Other(head) is { } kind)
        {
            throw new DatasetException(name, null, DatasetRules.NotText,
                $"is {kind}, not text. Give SQuAD JSON, JSON Lines or CSV{(kind.Contains("compressed", StringComparison.Ordinal) ? ", unpacked" : "")}.");
        }
    }

    // ASCII in UTF-16 without a mark: every other byte is NUL.
    private static bool LooksWide(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && ((head[0] == 0 && head[1] != 0 && head[2] == 0) || (head[0] != 0 && head[1] == 0 && head[3] == 0));

    private static string? Other(ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "a file compressed with gzip"
        : head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) ? "a file compressed with zstd"
        : head.StartsWith("PK\u0003\u0004"u8) ? "a compressed ZIP archive or an Office file"
        : head.StartsWith("PAR1"u8) ? "a Parquet file"
        : head.StartsWith("%PDF-"u8) ? "a PDF file"
        : head.StartsWith("SQLite format 3\0"u8) ? "a SQLite data base"
        : null;
}
