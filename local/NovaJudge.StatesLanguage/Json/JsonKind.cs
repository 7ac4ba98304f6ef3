namespace NovaJudge.StatesLanguage.Json;

internal enum JsonKind : byte
{
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}
