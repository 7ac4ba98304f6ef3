using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace NovaJudge.Pipeline.Runs;

/// <summary>Short names made of longer ones.</summary>
public static class Slug
{
    /// <summary>Keeps a-z and 0-9, turns everything else into single hyphens; never empty.</summary>
    public static string Of(string text, int maxLength)
    {
        var slug = new StringBuilder();
        foreach (var c in text.ToLower(CultureInfo.InvariantCulture))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(c);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var name = slug.ToString(0, Math.Min(slug.Length, maxLength)).Trim('-');
        return name.Length == 0 ? "run" : name;
    }

    /// <summary>The first hexadecimal digits of SHA-256 over the parts, which cannot run into each other.</summary>
    public static string Hash(int digits, params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..digits];
    }
}
