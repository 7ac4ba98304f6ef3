using System.Runtime.CompilerServices;
using System.Text.Json;
using NovaJudge.Pipeline;

namespace NovaJudge.Local.Commands.Importing;

/// <summary>
/// The results in a file of promptfoo, one at a time: <c>results.results[]</c> or <c>results[]</c> of a document, or one result a line. A
/// document of any size is read through one buffer, which holds a result and never the file.
/// </summary>
internal sealed class PromptfooReader(string path)
{
    /// <summary>Values up to this size are looked at whole: lines, and small documents.</summary>
    private const int WholeValue = 1024 * 1024;

    private const int FirstBuffer = 64 * 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 256, AllowMultipleValues = true };

    private byte[] _buffer = new byte[FirstBuffer];
    private int _start;
    private int _end;
    private bool _isFinal;
    private JsonReaderState _state = new(Options);
    private Place _place = Place.Between;
    private bool _inResults;
    private bool _isResultsNext;

    private enum Place
    {
        /// <summary>Before a value of the file.</summary>
        Between,

        /// <summary>In a document, outside its list of results.</summary>
        Document,

        /// <summary>In the list of results.</summary>
        List,
    }

    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/>: the file cannot be read, or is not JSON.</exception>
    public async IAsyncEnumerable<JsonElement> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = JsonValues.Open(path);
        var found = new Queue<JsonElement>();
        while (true)
        {
            bool goesOn;
            try
            {
                goesOn = TryStep(found);
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw PipelineException.BadInput($"{path}: it is not JSON. {e.Message}");
            }

            while (found.TryDequeue(out var result))
            {
                yield return result;
            }

            if (!goesOn)
            {
                if (_isFinal)
                {
                    yield break;
                }

                MakeRoom();
                var read = await file.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
                (_end, _isFinal) = (_end + read, read == 0);
            }
        }
    }

    /// <summary>Reads one token, or one result, or one small value; false when there is not enough in the buffer.</summary>
    private bool TryStep(Queue<JsonElement> found)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
        if (!reader.Read())
        {
            return false;
        }

        switch (_place)
        {
            case Place.List when reader.TokenType == JsonTokenType.EndArray:
                _place = Place.Document;
                break;
            case Place.List:
                if (!JsonElement.TryParseValue(ref reader, out var result))
                {
                    return false;
                }

                found.Enqueue(result.Value);
                break;
            case Place.Between:
                var inside = reader;
                if (JsonElement.TryParseValue(ref reader, out var value))
                {
                    Results(value.Value, found);
                    break;
                }

                if (_end - _start < WholeValue || inside.TokenType != JsonTokenType.StartObject)
                {
                    return false;
                }

                reader = inside;
                _place = Place.Document;
                break;
            default:
                Follow(ref reader);
                break;
        }

        (_state, _start) = (reader.CurrentState, _start + (int)reader.BytesConsumed);
        return true;
    }

    /// <summary>Keeps track of where the list of results begins and the document ends.</summary>
    private void Follow(ref Utf8JsonReader reader)
    {
        var isResults = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("results") && reader.CurrentDepth == (_inResults ? 2 : 1);
        if (_isResultsNext && reader.TokenType == JsonTokenType.StartArray)
        {
            _place = Place.List;
        }
        else if (_isResultsNext && reader.TokenType == JsonTokenType.StartObject)
        {
            _inResults = true;
        }
        else if (reader.TokenType == JsonTokenType.EndObject)
        {
            _inResults &= reader.CurrentDepth > 1;
            _place = reader.CurrentDepth == 0 ? Place.Between : _place;
        }

        _isResultsNext = isResults;
    }

    private static void Results(JsonElement value, Queue<JsonElement> found)
    {
        var list = value.Field("results", "results") ?? value.Field("results");
        if (list is { ValueKind: JsonValueKind.Array })
        {
            foreach (var result in list.Value.EnumerateArray())
            {
                found.Enqueue(result);
            }
        }
        else if (value.Field("provider") is not null && value.Field("prompt") is not null)
        {
            found.Enqueue(value);
        }
    }

    private void MakeRoom()
    {
        var left = _end - _start;
        var target = left > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, left).CopyTo(target);
        (_buffer, _start, _end) = (target, 0, left);
    }
}
