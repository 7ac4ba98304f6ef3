namespace NovaJudge.StatesLanguage.Json;

/// <summary>Equality of values, without recursion: numbers by value, objects whatever the order of their properties.</summary>
internal static class JsonEquality
{
    /// <param name="left">A value.</param>
    /// <param name="right">Another one.</param>
    /// <param name="javaNumbers">Whether 1 and 1.0 differ, as they do between Java's number types.</param>
    public static bool AreEqual(JsonValue left, JsonValue right, bool javaNumbers = false)
    {
        if (!left.IsContainer || !right.IsContainer)
        {
            return ScalarsEqual(left, right, javaNumbers);
        }

        var pending = new Stack<(JsonValue Left, JsonValue Right)>();
        pending.Push((left, right));
        while (pending.TryPop(out var pair))
        {
            if (!ReferenceEquals(pair.Left, pair.Right) && !Open(pair.Left, pair.Right, javaNumbers, pending))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Open(JsonValue left, JsonValue right, bool javaNumbers, Stack<(JsonValue Left, JsonValue Right)> pending)
    {
        switch (left, right)
        {
            case (JsonArray a, JsonArray b) when a.Count == b.Count:
                for (var i = 0; i < a.Count; i++)
                {
                    pending.Push((a[i], b[i]));
                }

                return true;
            case (JsonObject a, JsonObject b) when a.Count == b.Count:
                foreach (var (name, value) in a.Properties)
                {
                    if (!b.TryGet(name, out var other))
                    {
                        return false;
                    }

                    pending.Push((value, other));
                }

                return true;
            default:
                return ScalarsEqual(left, right, javaNumbers);
        }
    }

    private static bool ScalarsEqual(JsonValue left, JsonValue right, bool javaNumbers) => (left, right) switch
    {
        (JsonString a, JsonString b) => a.Text == b.Text,
        (JsonNumber a, JsonNumber b) => (!javaNumbers || a.IsInteger == b.IsInteger) && a.CompareTo(b) == 0,
        _ => left.Kind == right.Kind && !left.IsContainer,
    };
}
