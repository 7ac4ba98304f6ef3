using System.Text;
using System.Text.Json;

namespace NovaJudge.Local.Commands.Importing;

/// <summary>Two answers to one prompt, out of another tool's results.</summary>
/// <param name="Id">The tool's own name for the test.</param>
/// <param name="Prompt">What both were asked.</param>
/// <param name="A">The answer of the first one.</param>
/// <param name="B">The answer of the second one.</param>
/// <param name="References">Answers that the test expects; absent when it names none.</param>
internal sealed record ImportedPair(string Id, string Prompt, string A, string B, IReadOnlyList<string>? References);

/// <summary>What an import found.</summary>
/// <param name="NameA">Who answered first.</param>
/// <param name="NameB">Who answered second.</param>
/// <param name="Pairs">What can be judged; read once.</param>
/// <param name="LeftOut">Why other tests cannot, with how many, such as <c>3 without an answer of gpt-4o</c>; known when the pairs are read.</param>
internal sealed record ImportedPairs(string NameA, string NameB, IAsyncEnumerable<ImportedPair> Pairs, Func<IReadOnlyList<string>> LeftOut);

/// <summary>Texts as other tools write them.</summary>
internal static class ImportedText
{
    private const int LongestName = 100;

    /// <summary>A prompt that may be a conversation written as text.</summary>
    public static string Prompt(string prompt) => Parse(prompt) is { } inner ? Prompt(inner) : prompt;

    /// <summary>A prompt that may be a conversation: one message stands for itself, several are named by their roles.</summary>
    public static string Prompt(JsonElement prompt)
    {
        if (prompt.ValueKind == JsonValueKind.String)
        {
            return Prompt(prompt.GetString()!);
        }

        if (!IsConversation(prompt))
        {
            return prompt.GetRawText();
        }

        var messages = prompt.EnumerateArray().Select(message => (Role: message.GetProperty("role").GetString()!, Content: message.GetProperty("content").GetString()!)).ToArray();
        if (messages.Length == 1)
        {
            return messages[0].Content;
        }

        var all = new StringBuilder();
        foreach (var (role, content) in messages)
        {
            all.Append(all.Length == 0 ? "" : "\n\n").Append(role).Append(": ").Append(content);
        }

        return all.ToString();
    }

    /// <summary>An answer: text as it is, anything else as JSON; <c>null</c> where there is none.</summary>
    public static string? Answer(JsonElement? answer) => answer switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 1 => Answer(list[0]),
        { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } other => other.GetRawText(),
        _ => null,
    };

    /// <summary>A name that can be shown and stored: one line, visible characters, not too long.</summary>
    public static string Name(string name)
    {
        var line = new string([.. name.Select(character => char.IsControl(character) ? ' ' : character)]).Trim();
        return line.Length == 0 ? "unnamed" : line.Length <= LongestName ? line : $"{line[..(LongestName - 1)]}…";
    }

    /// <summary>A chat prompt is often written as JSON inside a text.</summary>
    private static JsonElement? Parse(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("["))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return IsConversation(document.RootElement) ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsConversation(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
        && value.EnumerateArray().All(message => message.ValueKind == JsonValueKind.Object
            && message.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String
            && message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String);
}
