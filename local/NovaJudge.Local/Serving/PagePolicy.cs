using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace NovaJudge.Local.Serving;

/// <summary>
/// The Content-Security-Policy header of what is served. A page brings the policy that admits its own script and style by hash;
/// it is passed on, but only if it admits nothing else, whoever wrote the file.
/// </summary>
internal static partial class PagePolicy
{
    /// <summary>For everything that is no page of ours: no script, no style, no request, an origin of its own.</summary>
    public const string Nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

    /// <summary>The policy stands in the first lines.</summary>
    public const int Beginning = 2048;

    /// <param name="beginning">The first bytes of a page.</param>
    public static string Of(ReadOnlySpan<byte> beginning)
    {
        var meta = Meta.Match(Encoding.UTF8.GetString(beginning));
        var policy = WebUtility.HtmlDecode(meta.Groups["policy"].Value);
        return Strict.IsMatch(policy) ? policy + "; frame-ancestors 'none'" : Nothing;
    }

    [GeneratedRegex("""<meta http-equiv="Content-Security-Policy" content="(?<policy>[^"<>]*)">""", RegexOptions.CultureInvariant)]
    private static partial Regex Meta { get; }

    [GeneratedRegex(@"\Adefault-src 'none'(; (script|style)-src '(none|sha256-[A-Za-z0-9+/]{43}=)'|; (base-uri|form-action|trusted-types) 'none'|; require-trusted-types-for 'script')*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Strict { get; }
}
