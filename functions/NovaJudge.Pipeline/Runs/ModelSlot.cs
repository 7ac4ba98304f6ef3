using System.Text.Json.Serialization;

namespace NovaJudge.Pipeline.Runs;

/// <summary>Which of the two compared models.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ModelSlot>))]
public enum ModelSlot
{
    /// <summary>The baseline.</summary>
    [JsonStringEnumMemberName("a")] A,

    /// <summary>The challenger.</summary>
    [JsonStringEnumMemberName("b")] B,
}

/// <summary>How a slot is written.</summary>
public static class ModelSlotNames
{
    extension(ModelSlot slot)
    {
        /// <summary><c>a</c> or <c>b</c>, as in keys and fields.</summary>
        public string Letter => slot == ModelSlot.A ? "a" : "b";
    }
}
