using System.Security.Cryptography;
using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics.Functions;

/// <summary>States.Hash(data, algorithm): the digest in hexadecimal.</summary>
internal static class Hash
{
    public static JsonValue Apply(JsonValue[] arguments)
    {
        var text = arguments[0] is JsonString plain ? plain.Text : arguments[0].ToString();
        if (text.Length > Argument.LongestText)
        {
            throw new IntrinsicException($"Invalid arguments: the data must not be longer than {Argument.LongestText} characters");
        }

        var algorithm = Argument.Text(arguments, 1, "Invalid arguments: the algorithm must be a string");
        var digest = Digest(Encoding.UTF8.GetBytes(text), algorithm);
        return JsonValue.From(Convert.ToHexStringLower(digest));
    }

#pragma warning disable CA5350, CA5351 // The States Language offers MD5 and SHA-1; what a machine hashes with them is its author's concern.
    private static byte[] Digest(byte[] data, string algorithm) => algorithm switch
    {
        "MD5" => MD5.HashData(data),
        "SHA-1" => SHA1.HashData(data),
        "SHA-256" => SHA256.HashData(data),
        "SHA-384" => SHA384.HashData(data),
        "SHA-512" => SHA512.HashData(data),
        _ => throw new IntrinsicException($"Invalid arguments: {algorithm} is not one of MD5, SHA-1, SHA-256, SHA-384, SHA-512"),
    };
#pragma warning restore CA5350, CA5351
}
