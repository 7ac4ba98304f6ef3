using System.Text;

namespace NovaJudge.Pipeline.Runs;

/// <summary>The key of an object in the store: relative, '/'-separated, at most 1,024 bytes, safe as a file path.</summary>
public readonly record struct ObjectKey
{
    private readonly string? _value;

    private ObjectKey(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("An object key was never set.");

    /// <summary>Reads a key; one that is empty, absolute, too long, climbs out of the store or holds control characters is refused.</summary>
    /// <exception cref="PipelineException"><see cref="ErrorNames.BadInput"/></exception>
    public static ObjectKey Parse(string text)
    {
        var rule = text switch
        {
            "" => "a key is not empty",
            _ when text[0] == '/' || text.EndsWith('/') => "a key neither starts nor ends with '/'",
            _ when text.Contains('\\', StringComparison.Ordinal) => "a key holds no backslash",
            _ when text.Split('/').Any(part => part is "" or "." or "..") => "a key has no empty, '.' or '..' part",
            _ when text.Any(char.IsControl) => "a key holds no control characters",
            _ when Encoding.UTF8.GetByteCount(text) > 1024 => "a key has at most 1,024 bytes",
            _ => null,
        };
        return rule is null ? new ObjectKey(text) : throw PipelineException.BadInput($"Object key \"{text}\": {rule}.");
    }

    public override string ToString() => Value;
}
