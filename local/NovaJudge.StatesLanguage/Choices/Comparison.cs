using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Choices;

/// <summary>What kind of constant an operator takes.</summary>
internal enum OperandType
{
    Text,
    Number,
    Flag,
    Timestamp,

    /// <summary>A test such as IsNull: its flag says which answer is wanted, and it has no Path form.</summary>
    Test,
}

/// <summary>An operator of choice rules. Values of another type than the operator's do not match; they are no error.</summary>
internal sealed record Comparison(string Name, OperandType Operand, Func<JsonValue, JsonValue, bool> Apply)
{
    public static readonly ImmutableArray<Comparison> All =
    [
        .. Ordered("String", OperandType.Text, static (a, b) => a is JsonString x && b is JsonString y ? string.CompareOrdinal(x.Text, y.Text) : null),
        .. Ordered("Numeric", OperandType.Number, static (a, b) => a is JsonNumber x && b is JsonNumber y ? x.CompareTo(y) : null),
        .. Ordered("Timestamp", OperandType.Timestamp, static (a, b) => Timestamp.Read(a) is { } x && Timestamp.Read(b) is { } y ? x.CompareTo(y) : null),
        new("BooleanEquals", OperandType.Flag, static (a, b) => a.IsBoolean && a.Kind == b.Kind),
        new(Matches, OperandType.Text, static (a, b) => a is JsonString text && b is JsonString pattern && StringPattern.Parse(pattern.Text).Matches(text.Text)),
        Test("IsNull", static value => value.Kind == JsonKind.Null),
        Test("IsNumeric", static value => value is JsonNumber),
        Test("IsString", static value => value is JsonString),
        Test("IsBoolean", static value => value.IsBoolean),
        Test("IsTimestamp", static value => Timestamp.Read(value) is not null),
    ];

    /// <summary>The operator that takes a pattern; see <see cref="PatternRule"/>.</summary>
    public const string Matches = "StringMatches";

    /// <summary>The test that is allowed on missing values; see <see cref="PresenceRule"/>.</summary>
    public const string IsPresent = "IsPresent";

    private static readonly Dictionary<string, Comparison> ByName = All.ToDictionary(static comparison => comparison.Name, StringComparer.Ordinal);

    public bool HasPathForm => Operand != OperandType.Test && Name != Matches;

    public static Comparison? Find(string name) => ByName.GetValueOrDefault(name);

    public bool Accepts(JsonValue constant) => Operand switch
    {
        OperandType.Text => constant is JsonString,
        OperandType.Number => constant is JsonNumber,
        OperandType.Timestamp => Timestamp.Read(constant) is not null,
        _ => constant.IsBoolean,
    };

    private static Comparison Test(string name, Func<JsonValue, bool> test) =>
        new(name, OperandType.Test, (value, wanted) => test(value) == (wanted.Kind == JsonKind.True));

    private static IEnumerable<Comparison> Ordered(string type, OperandType operand, Func<JsonValue, JsonValue, int?> order) =>
    [
        new(type + "Equals", operand, (a, b) => order(a, b) is 0),
        new(type + "LessThan", operand, (a, b) => order(a, b) is < 0),
        new(type + "GreaterThan", operand, (a, b) => order(a, b) is > 0),
        new(type + "LessThanEquals", operand, (a, b) => order(a, b) is <= 0),
        new(type + "GreaterThanEquals", operand, (a, b) => order(a, b) is >= 0),
    ];
}
