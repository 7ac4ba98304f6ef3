using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NovaJudge.Pipeline.Judging.Archive;

/// <summary>
/// Stands for a prompt's text in 16 bytes: the first half of the SHA-256 of its UTF-8, without white space at its ends.
/// The default value stands for no text.
/// </summary>
public readonly record struct PromptHash(UInt128 Value)
{
    public static PromptHash Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)), hash);
            return new PromptHash(BinaryPrimitives.ReadUInt128BigEndian(hash));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}

/// <summary>Makes the hash of the prompt that a text is, or holds; default for none.</summary>
internal delegate PromptHash PromptReader(ReadOnlySpan<char> text);
