using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Cases;

/// <summary>A case as read.</summary>
internal sealed record Case(ReadOnlyMemory<byte> Definition, JsonObject Tasks, JsonObject Objects, ExecutionRequest Request)
{
    private const string Account = "us-east-1:123456789012";

    public static Case Read(ReadOnlyMemory<byte> line, JsonObject json)
    {
        var definition = json["definition"] ?? throw new ArgumentException("A case needs a 'definition'.");
        var context = json["context"] as JsonObject ?? JsonObject.Empty;
        var name = Text(context, "executionName") ?? (json["name"] as JsonString)?.Text ?? "case";
        var machineArn = Text(context, "stateMachineArn") ?? $"arn:aws:states:{Account}:stateMachine:case";
        var machineName = machineArn.Split(':', 7) is { Length: 7 } parts ? parts[6] : "case";
        var type = TypeOf(context, machineName);
        return new Case(
            definition is JsonString text ? Encoding.UTF8.GetBytes(text.Text) : definition.ToUtf8(),
            json["tasks"] as JsonObject ?? JsonObject.Empty,
            json["objects"] as JsonObject ?? JsonObject.Empty,
            new ExecutionRequest
            {
                StateMachineArn = machineArn,
                StateMachineName = machineName,
                ExecutionArn = ArnOf(type, Text(context, "executionArn") ?? $"arn:aws:states:{Account}:execution:{machineName}:{name}"),
                ExecutionName = name,
                RoleArn = Text(context, "roleArn") ?? "arn:aws:iam::123456789012:role/states",
                Type = type,
                Input = RawInput(line) ?? "{}"u8.ToArray(),
            });
    }

    /// <summary>
    /// What the context says, or its ARNs do. The recorded runs say it in the name of the machine alone: each one that comes from
    /// StartSyncExecution, which only Express workflows have, is of a machine whose name begins so, and no other is.
    /// </summary>
    private static WorkflowType TypeOf(JsonObject context, string machineName) => Text(context, "type") switch
    {
        "EXPRESS" => WorkflowType.Express,
        "STANDARD" => WorkflowType.Standard,
        _ => Text(context, "executionArn")?.Contains(":express:", StringComparison.Ordinal) == true || machineName.StartsWith("express_", StringComparison.Ordinal)
            ? WorkflowType.Express
            : WorkflowType.Standard,
    };

    /// <summary>An Express execution is named <c>…:express:machine:execution:uuid</c>; what a case calls like a standard one gets that shape.</summary>
    private static string ArnOf(WorkflowType type, string arn) =>
        type == WorkflowType.Express && arn.Split(':') is { Length: 8 } parts && parts[5] == "execution"
            ? $"{string.Join(':', parts[..5])}:express:{parts[6]}:{parts[7]}:{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(arn)).AsSpan(0, 16))}"
            : arn;

    private static string? Text(JsonObject json, string name) => (json[name] as JsonString)?.Text;

    /// <summary>The input as written: AWS quotes it so.</summary>
    private static ReadOnlyMemory<byte>? RawInput(ReadOnlyMemory<byte> line)
    {
        var reader = new Utf8JsonReader(line.Span, new JsonReaderOptions { MaxDepth = 10_000_000 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isInput = reader.ValueTextEquals("input"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isInput)
            {
                return line[start..(int)reader.BytesConsumed];
            }
        }

        return null;
    }
}
