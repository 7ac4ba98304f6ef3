using CsCheck;
using NovaJudge.StatesLanguage.Intrinsics;

namespace NovaJudge.StatesLanguage.Tests.Fuzzing;

/// <summary>Texts that nearly are what a parser wants.</summary>
internal static class Texts
{
    private static readonly string[] PathPieces =
    [
        "$", "$$", ".", "..", "a", "b", "items", "[", "]", "[*]", "*", "['a']", "[\"b\"]", "[0]", "[-1]", "[1:2]", "[:1]", "[2:]", "[0,1]", "['a','b']", "[?(", ")]",
        "@", "@.a", "@.b[0]", "==", "!=", "<", ">=", "=~", "/a.*/i", "/(/", "in", "nin", "contains", "size", "empty", "&&", "||", "!", "(", ")", "'x'", "\"", "'", "1", "1e400",
        "-", "true", "null", " ", "\\", ".length()", "[(@.length-1)]", "(@.size()-", "{", "}", ",", ":", "\u0000", "\ud800", "ä", "99999999999999999999",
    ];

    private static readonly string[] CallPieces =
    [
        "States.", "Format", "Array", "ArrayPartition", "ArrayContains", "ArrayRange", "ArrayGetItem", "ArrayLength", "ArrayUnique", "Base64Encode", "Base64Decode", "Hash",
        "JsonMerge", "JsonToString", "MathAdd", "MathRandom", "StringSplit", "StringToJson", "UUID", "(", ")", "()", ",", ", ", "'", "'a'", "'{}'", "'\\{'", "\\", "$", "$.a", "$.items",
        "$$.State", "$v", "1", "-1", "0", "1.5", "1e99", "1e400", "null", "true", "false", "'SHA-256'", "'{\"a\":1}'", "9223372036854775807", "\ud800",
    ];

    public static Gen<string> Path => Of(PathPieces, 14).Select(static text => text.StartsWith('$') ? text : "$" + text);

    public static Gen<string> Call => Of(CallPieces, 16).Select(static text => text.StartsWith("States.", StringComparison.Ordinal) ? text : "States." + text);

    /// <summary>Calls with the right shape and wild arguments.</summary>
    public static Gen<string> WellFormedCall =>
        from function in Gen.OneOf(IntrinsicFunction.All.ToArray())
        from extra in Gen.Int[0, 3]
        from arguments in Gen.OneOf("$", "$.a", "$.items", "$.items[0]", "$.n", "$.s", "1", "-1", "0", "2.5", "1e30", "null", "true", "false", "'x'", "'{}'", "''", "'MD5'", "$.deep", "9223372036854775807", "-9223372036854775808")
            .Array[Math.Min(function.Most, function.Fewest + extra)]
        select $"{function.Name}({string.Join(", ", arguments)})";

    private static Gen<string> Of(string[] pieces, int most) => Gen.OneOf(pieces).Array[0, most].Select(static p => string.Concat(p));
}
