using System.Security.Cryptography;
using System.Text;

namespace NovaJudge.StatesLanguage;

/// <summary>Ids that are functions of what they identify.</summary>
public static class DerivedId
{
    /// <summary>A UUID (version 8, RFC 9562) from the SHA-256 of the text.</summary>
    public static Guid Of(string text)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>The same bits marked as version 4, which is what States.UUID promises.</summary>
    internal static Guid AsRandom(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
