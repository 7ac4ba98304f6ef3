using System.Text.Json;

namespace NovaJudge.Local.Models.OpenAi;

/// <summary>
/// What of a chat completion is read; everything else is passed over. Read by hand: an answer from a fast server takes little
/// longer than binding it to objects would.
/// </summary>
internal ref struct ChatCompletion
{
    private Utf8JsonReader _reader;

    private ChatCompletion(ReadOnlySpan<byte> body) => _reader = new Utf8JsonReader(body);

    /// <summary>Who answered, in the server's words.</summary>
    public string? Model { get; private set; }

    /// <summary>Whether the first choice has a message.</summary>
    public bool HasMessage { get; private set; }

    /// <summary>The answer; some servers send it in parts.</summary>
    public string? Content { get; private set; }

    /// <summary>What the model said instead of an answer.</summary>
    public string? Refusal { get; private set; }

    public string? FinishReason { get; private set; }

    /// <summary>Whether the server counted tokens.</summary>
    public bool HasUsage { get; private set; }

    public long? PromptTokens { get; private set; }

    public long? CompletionTokens { get; private set; }

    /// <exception cref="JsonException">The body is no JSON object (nor <c>null</c>, which says nothing), or a text in it is none.</exception>
    public static ChatCompletion Read(ReadOnlySpan<byte> body)
    {
        var completion = new ChatCompletion(body);
        completion._reader.Read();
        switch (completion._reader.TokenType)
        {
            case JsonTokenType.StartObject:
                completion.ReadFields();
                break;
            case JsonTokenType.Null:
                break;
            default:
                throw new JsonException("It is no object.");
        }

        // Whatever follows is refused.
        completion._reader.Read();
        return completion;
    }

    private void ReadFields()
    {
        while (NextField())
        {
            if (_reader.ValueTextEquals("choices"u8))
            {
                ReadFirstChoice();
            }
            else if (_reader.ValueTextEquals("usage"u8))
            {
                ReadUsage();
            }
            else if (_reader.ValueTextEquals("model"u8))
            {
                Model = Text();
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    private void ReadFirstChoice()
    {
        if (!Enter(JsonTokenType.StartArray))
        {
            return;
        }

        for (var first = true; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; first = false)
        {
            if (!first || _reader.TokenType != JsonTokenType.StartObject)
            {
                _reader.Skip();
                continue;
            }

            while (NextField())
            {
                if (_reader.ValueTextEquals("message"u8))
                {
                    ReadMessage();
                }
                else if (_reader.ValueTextEquals("finish_reason"u8))
                {
                    FinishReason = Text();
                }
                else
                {
                    _reader.Skip();
                }
            }
        }
    }

    private void ReadMessage()
    {
        if (!Enter(JsonTokenType.StartObject))
        {
            return;
        }

        HasMessage = true;
        while (NextField())
        {
            if (_reader.ValueTextEquals("content"u8))
            {
                Content = TextOrParts();
            }
            else if (_reader.ValueTextEquals("refusal"u8))
            {
                Refusal = Text();
            }
            else
            {
                _reader.Skip();
            }
        }
    }

    /// <summary>Token counts as far as they are whole numbers. An answer is not thrown away, and asked for again, because its bill is odd.</summary>
    private void ReadUsage()
    {
        if (!Enter(JsonTokenType.StartObject))
        {
            return;
        }

        HasUsage = true;
        while (NextField())
        {
            var (isPrompt, isCompletion) = (_reader.ValueTextEquals("prompt_tokens"u8), _reader.ValueTextEquals("completion_tokens"u8));
            _reader.Read();
            long? count = _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out var number) ? number : null;
            _reader.Skip();
            PromptTokens = isPrompt ? count : PromptTokens;
            CompletionTokens = isCompletion ? count : CompletionTokens;
        }
    }

    private bool NextField() => _reader.Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes into the value of the field; passes over one of another kind.</summary>
    private bool Enter(JsonTokenType kind)
    {
        _reader.Read();
        if (_reader.TokenType == kind)
        {
            return true;
        }

        _reader.Skip();
        return false;
    }

    private string? Text()
    {
        _reader.Read();
        return _reader.TokenType switch
        {
            JsonTokenType.String => JsonText.Read(ref _reader),
            JsonTokenType.Null => null,
            var other => throw new JsonException($"A text is expected where {other} stands."),
        };
    }

    /// <summary>A text, or an array of parts whose texts belong together.</summary>
    private string? TextOrParts()
    {
        var field = _reader;
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartArray)
        {
            _reader = field;
            return Text();
        }

        var all = "";
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            if (_reader.TokenType != JsonTokenType.StartObject)
            {
                _reader.Skip();
                continue;
            }

            while (NextField())
            {
                if (_reader.ValueTextEquals("text"u8))
                {
                    all += Text();
                }
                else
                {
                    _reader.Skip();
                }
            }
        }

        return all;
    }
}
