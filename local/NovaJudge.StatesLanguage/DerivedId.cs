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
}
