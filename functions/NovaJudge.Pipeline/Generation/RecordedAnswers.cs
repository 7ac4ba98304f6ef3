using System.Security.Cryptography;
using System.Text;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// Answers that were given before, found by id or by the text of their prompt. Prompts are kept as hashes:
/// what counts for memory is the answers.
/// </summary>
public sealed class RecordedAnswers
{
    private readonly Dictionary<string, ResponseRow> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, ResponseRow> _byText = [];

    /// <summary>Answers kept.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps an answer; of several to one prompt the first is found by its text.</summary>
    /// <param name="id">Finds the answer whatever the prompt's text; absent where ids of other prompts could be equal by chance.</param>
    /// <param name="text">The text that was answered; absent where only ids are known.</param>
    /// <param name="row">The answer, or why there is none.</param>
    public void Add(string? id, string? text, ResponseRow row)
    {
        Count++;
        if (id is not null)
        {
            _byId.TryAdd(id, row);
        }

        if (text is not null)
        {
            _byText.TryAdd(Hash(text), row);
            _byText.TryAdd(Hash($"{row.Id}\0{text}"), row);
        }
    }

    /// <summary>The answer to a prompt; <c>null</c> when there is none.</summary>
    public ResponseRow? Find(string id, string text) =>
        _byId.GetValueOrDefault(id) ?? _byText.GetValueOrDefault(Hash($"{id}\0{text}")) ?? _byText.GetValueOrDefault(Hash(text));

    private static UInt128 Hash(string text)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new UInt128(BitConverter.ToUInt64(hash, 0), BitConverter.ToUInt64(hash, 8));
    }
}
