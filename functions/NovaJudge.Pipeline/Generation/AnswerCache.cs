using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NovaJudge.Pipeline.Runs;

namespace NovaJudge.Pipeline.Generation;

/// <summary>
/// Answers kept for later runs, for requests that ask for it (<see cref="CacheMode.Shared"/>). An answer is found by its prompt's text and
/// by everything about the model's call that could change it. Failures and empty answers are not kept; an entry
/// that cannot be read is none, and is written anew.
/// </summary>
public sealed class AnswerCache
{
    /// <summary>Everything of all caches.</summary>
    public const string Prefix = "cache/";

    /// <summary>Models that are called, and whose answer depends on nothing but the call; others cost nothing to ask.</summary>
    private static readonly string[] Schemes = ["bedrock", "ollama", "openai", "sagemaker"];

    private readonly IObjectStore _store;
    private readonly RunId _runId;

    private AnswerCache(IObjectStore store, RunId runId, string fingerprint) => (_store, _runId, Fingerprint) = (store, runId, fingerprint);

    /// <summary>Stands for the model and how it is called: 64 hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary>The cache for one model of a run; <c>null</c> where none is asked for or none makes sense.</summary>
    public static AnswerCache? Of(EvaluationRequest request, ModelSettings model, IObjectStore store) =>
        request.Generation.Cache == CacheMode.Shared && Schemes.Contains(model.Model.Scheme)
            ? new AnswerCache(store, request.RunId, FingerprintOf(model))
            : null;

    /// <summary>The kept answer to a prompt; <c>null</c> when there is none that can be used.</summary>
    /// <param name="id">The prompt's id in this run.</param>
    /// <param name="text">The prompt's text.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<KeptAnswer?> FindAsync(string id, string text, CancellationToken cancellationToken)
    {
        var hash = HashOf(text);
        if (await _store.ReadBytesAsync(KeyOf(hash), cancellationToken) is not { } content || Read(content) is not { } kept
            || kept.Model != Fingerprint || kept.Prompt != hash || string.IsNullOrWhiteSpace(kept.Text) || !RunId.TryParse(kept.Run, out var run))
        {
            return null;
        }

        // What this run kept itself is its own: a resumed run looks like one that was never disturbed.
        var row = new ResponseRow(id, kept.Text, null, kept.InputTokens, kept.OutputTokens, kept.StopReason, run == _runId ? null : run.Value);
        return new KeptAnswer(row, run != _runId ? KeptBy.AnotherRun : kept.Id is null || kept.Id == id ? KeptBy.ItsOwnCall : KeptBy.Sibling);
    }

    /// <summary>Keeps an answer, unless another run was first.</summary>
    public async Task KeepAsync(string text, ResponseRow answer, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(answer.Text))
        {
            return;
        }

        var hash = HashOf(text);
        var entry = new CachedAnswer(Fingerprint, hash, _runId.Value, answer.Text, answer.InputTokens, answer.OutputTokens, answer.StopReason, answer.Id);
        if (!await _store.WriteDocumentAsync(KeyOf(hash), entry, PipelineJson.Documents.CachedAnswer, cancellationToken, PutCondition.IfAbsent)
            && await FindAsync(answer.Id, text, cancellationToken) is null)
        {
            await _store.WriteDocumentAsync(KeyOf(hash), entry, PipelineJson.Documents.CachedAnswer, cancellationToken);
        }
    }

    /// <summary>Hashes only: no text of a prompt or name of a model can lead a key astray.</summary>
    private ObjectKey KeyOf(string hash) => ObjectKey.Parse($"{Prefix}{Fingerprint}/{hash}.json");

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static CachedAnswer? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, PipelineJson.Documents.CachedAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The name that people gave the model and the variable of its key change no answer; all else counts.</summary>
    private static string FingerprintOf(ModelSettings model)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue("1");
            json.WriteStringValue(model.Model.ToString());
            json.WriteNumberValue(model.MaxTokens);
            Write(json, model.Temperature);
            Write(json, model.TopP);
            json.WriteStringValue(model.Seed?.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteStringValue(model.SystemPrompt);
            json.WriteStartArray();
            foreach (var stop in model.Stop ?? [])
            {
                json.WriteStringValue(stop);
            }

            json.WriteEndArray();
            if (model.Extra is { } extra)
            {
                WriteSorted(json, extra);
            }

            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    private static void Write(Utf8JsonWriter json, double? number)
    {
        if (number is { } value)
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteNullValue();
        }
    }

    /// <summary>The order in which somebody wrote the fields of an object means nothing.</summary>
    private static void WriteSorted(Utf8JsonWriter json, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var field in value.EnumerateObject().OrderBy(field => field.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(field.Name);
                    WriteSorted(json, field.Value);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteSorted(json, item);
                }

                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }
}

/// <summary>The content of <c>cache/{model fingerprint}/{hash}.json</c>.</summary>
/// <param name="Model">The model's fingerprint, as in the key.</param>
/// <param name="Prompt">SHA-256 of the prompt's text, as in the key.</param>
/// <param name="Run">The run that asked.</param>
/// <param name="Text">The answer.</param>
/// <param name="InputTokens">Tokens read, as the service counted them.</param>
/// <param name="OutputTokens">Tokens written, as the service counted them.</param>
/// <param name="StopReason">Why the model stopped.</param>
/// <param name="Id">The prompt's id in that run.</param>
public sealed record CachedAnswer(
    string Model, string Prompt, string Run, string Text, long? InputTokens = null, long? OutputTokens = null, string? StopReason = null, string? Id = null);

/// <summary>An answer that the cache held.</summary>
/// <param name="Row">The answer, as the run that looks writes it.</param>
/// <param name="Source">Whose call it was.</param>
public sealed record KeptAnswer(ResponseRow Row, KeptBy Source);

/// <summary>Whose call a kept answer was: that decides who pays.</summary>
public enum KeptBy
{
    /// <summary>Another run's.</summary>
    AnotherRun,

    /// <summary>This run's, for another prompt with the same text.</summary>
    Sibling,

    /// <summary>This run's and for this very prompt: a process that was ended before it could write the answer down had paid for it.</summary>
    ItsOwnCall,
}
