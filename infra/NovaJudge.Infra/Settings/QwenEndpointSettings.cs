using System.Text.Json;
using System.Text.RegularExpressions;

namespace NovaJudge.Infra.Settings;

/// <summary>How the endpoint for Qwen2.5 is built.</summary>
/// <param name="InstanceType">Default <c>ml.g5.xlarge</c>: 24 GB of GPU memory, ample for 1.5 billion parameters.</param>
/// <param name="MaxInstances">The most instances at once. Default 1.</param>
public sealed partial record QwenEndpointSettings(string InstanceType, int MaxInstances)
{
    public static QwenEndpointSettings Read(JsonElement value, ContextReader reader)
    {
        reader.RefuseOthers("qwenEndpoint", value, "instanceType", "maxInstances");
        var instanceType = value.TryGetProperty("instanceType", out var type) ? type.ToString() : "ml.g5.xlarge";
        if (!GpuInstance.IsMatch(instanceType))
        {
            reader.Problem("qwenEndpoint.instanceType", $"a GPU instance such as ml.g5.xlarge or ml.g6.xlarge is expected, not \"{instanceType}\"");
        }

        var most = 1;
        if (value.TryGetProperty("maxInstances", out var given) && !(given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out most) && most is >= 1 and <= 20))
        {
            reader.Problem("qwenEndpoint.maxInstances", $"a number from 1 to 20 is expected, not {given.GetRawText()}");
            most = 1;
        }

        return new QwenEndpointSettings(instanceType, most);
    }

    [GeneratedRegex(@"^ml\.(g|p)\d[a-z0-9-]*\.[a-z0-9-]+$(?!\n)")]
    private static partial Regex GpuInstance { get; }
}
