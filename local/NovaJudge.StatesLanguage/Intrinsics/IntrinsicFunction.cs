using System.Collections.Immutable;
using NovaJudge.StatesLanguage.Intrinsics.Functions;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Intrinsics;

/// <summary>What functions that are not pure draw on.</summary>
internal interface IRandomSource
{
    Guid NewUuid();

    Random Random { get; }
}

/// <summary>One function of the States Language: its name, how many arguments it takes, what it does.</summary>
internal sealed record IntrinsicFunction(string Name, int Fewest, int Most, Func<JsonValue[], IRandomSource, JsonValue> Apply)
{
    public static readonly ImmutableArray<IntrinsicFunction> All =
    [
        new("States.Array", 0, int.MaxValue, static (arguments, _) => new JsonArray(arguments)),
        new("States.ArrayPartition", 2, 2, static (arguments, _) => ArrayPartition.Apply(arguments)),
        new("States.ArrayContains", 2, 2, static (arguments, _) => ArrayContains.Apply(arguments)),
        new("States.ArrayRange", 3, 3, static (arguments, _) => ArrayRange.Apply(arguments)),
        new("States.ArrayGetItem", 2, 2, static (arguments, _) => ArrayGetItem.Apply(arguments)),
        new("States.ArrayLength", 1, 1, static (arguments, _) => ArrayLength.Apply(arguments)),
        new("States.ArrayUnique", 1, 1, static (arguments, _) => ArrayUnique.Apply(arguments)),
        new("States.Base64Encode", 1, 1, static (arguments, _) => Base64Encode.Apply(arguments)),
        new("States.Base64Decode", 1, 1, static (arguments, _) => Base64Decode.Apply(arguments)),
        new("States.Format", 1, int.MaxValue, static (arguments, _) => Format.Apply(arguments)),
        new("States.Hash", 2, 2, static (arguments, _) => Hash.Apply(arguments)),
        new("States.JsonMerge", 3, 3, static (arguments, _) => JsonMerge.Apply(arguments)),
        new("States.JsonToString", 1, 1, static (arguments, _) => JsonToString.Apply(arguments)),
        new("States.MathAdd", 2, 2, static (arguments, _) => MathAdd.Apply(arguments)),
        new("States.MathRandom", 2, 3, static (arguments, source) => MathRandom.Apply(arguments, source)),
        new("States.StringSplit", 2, 2, static (arguments, _) => StringSplit.Apply(arguments)),
        new("States.StringToJson", 1, 1, static (arguments, _) => StringToJson.Apply(arguments)),
        new("States.UUID", 0, 0, static (_, source) => JsonValue.From(source.NewUuid().ToString())),
    ];

    private static readonly Dictionary<string, IntrinsicFunction> ByName = All.ToDictionary(static function => function.Name, StringComparer.Ordinal);

    /// <summary>Whether the function may name an error or a cause: AWS documents these seven.</summary>
    public bool MakesText => Name is "States.Format" or "States.JsonToString" or "States.ArrayGetItem" or "States.Base64Encode" or "States.Base64Decode" or "States.Hash" or "States.UUID";

    public static IntrinsicFunction? Find(string name) => ByName.GetValueOrDefault(name);
}
