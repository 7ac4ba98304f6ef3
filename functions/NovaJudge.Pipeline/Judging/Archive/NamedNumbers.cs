namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Python writes <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> into JSON, where they are not allowed. They say that
/// there is no number, so a value that is no number takes their place.
/// </summary>
internal static class NamedNumbers
{
    /// <summary>Overwrites each one outside of a string by an empty string, leaving every other byte where it is.</summary>
    public static void Blank(Span<byte> json)
    {
        var inString = false;
        for (var index = 0; index < json.Length; index++)
        {
            var current = json[index];
            if (inString)
            {
                if (current == (byte)'\\')
                {
                    index++;
                }
                else if (current == (byte)'"')
                {
                    inString = false;
                }
            }
            else if (current == (byte)'"')
            {
                inString = true;
            }
            else if (current is (byte)'N' or (byte)'I' or (byte)'-')
            {
                var length = NameAt(json[index..]);
                if (length > 0)
                {
                    json.Slice(index, length).Fill((byte)' ');
                    json[index] = json[index + 1] = (byte)'"';
                    index += length - 1;
                }
            }
        }
    }

    private static int NameAt(ReadOnlySpan<byte> json) =>
        json.StartsWith("-Infinity"u8) ? 9 : json.StartsWith("Infinity"u8) ? 8 : json.StartsWith("NaN"u8) ? 3 : 0;
}
