using System.Text.Json;
using System.Text.RegularExpressions;

namespace NovaJudge.Pipeline.Runs;

/// <summary>
/// Finds API keys where only the name of one may stand: a request is stored, shown and sent about. What is found is told by
/// its place, never by its value. A safety net and no proof: a key that looks like any other word passes.
/// </summary>
internal static partial class LiteralKeys
{
    /// <summary>What to do instead.</summary>
    public const string Advice = "put it into an environment variable and name that in apiKeyVariable";

    /// <summary>Upper case only: most keys have other letters, so that a key in the place of a name is noticed.</summary>
    public static bool IsVariableName(string text) => VariableName.IsMatch(text);

    /// <summary>Whether the address of a model carries a user name, a password or a key.</summary>
    public static bool AreIn(ModelSpec model)
    {
        if (model.Scheme != "openai" || !Uri.TryCreate(model.Target[..Math.Max(0, model.Target.LastIndexOf('#'))], UriKind.Absolute, out var url))
        {
            return AreIn(model.Target);
        }

        return url.UserInfo.Length > 0 || AreIn(Uri.UnescapeDataString(url.Query))
            || url.Query.TrimStart('?').Split('&').Any(field => KeyField.IsMatch(Uri.UnescapeDataString(field.Split('=')[0])));
    }

    /// <summary>Whether a word of a text begins as the keys of well-known services do.</summary>
    public static bool AreIn(string text) => KeyText.IsMatch(text);

    /// <summary>The path of the first field that is named as keys are, or holds one; <c>null</c> when there is none.</summary>
    public static string? Find(JsonElement fields, string path = "")
    {
        switch (fields.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var field in fields.EnumerateObject())
                {
                    var inner = $"{path}.{field.Name}";
                    if ((field.Value.ValueKind == JsonValueKind.String && KeyField.IsMatch(field.Name)) || Find(field.Value, inner) is not null)
                    {
                        return AreIn(field.Name) ? $"{path}.…" : inner;
                    }
                }

                return null;
            case JsonValueKind.Array:
                return fields.EnumerateArray().Any(item => Find(item, path) is not null) ? $"{path}[]" : null;
            case JsonValueKind.String:
                return AreIn(fields.GetString()!) ? path : null;
            default:
                return null;
        }
    }

    [GeneratedRegex("^[A-Z_][A-Z0-9_]{0,99}$")]
    private static partial Regex VariableName { get; }

    [GeneratedRegex("^(x-)?(api|subscription|access|secret|auth)?[-_]?(key|secret|password|authorization|bearer)$|^(access|auth|api|bearer|session)[-_]?token$|^(sig|signature|credential)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeyField { get; }

    [GeneratedRegex(@"(?<![A-Za-z0-9])(sk-|sk_|gsk_|hf_|xai-|nvapi-|pplx-|r8_|ghp_|AIza|AKIA|ASIA|Bearer )[A-Za-z0-9_\-]{12,}", RegexOptions.CultureInvariant)]
    private static partial Regex KeyText { get; }
}
