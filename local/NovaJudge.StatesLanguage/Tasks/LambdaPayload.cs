using System.Text;
using System.Text.Json;
using NovaJudge.StatesLanguage.Definition;
using NovaJudge.StatesLanguage.Json;
using JsonReader = NovaJudge.StatesLanguage.Json.JsonReader;

namespace NovaJudge.StatesLanguage.Tasks;

/// <summary>What a function receives from `lambda:invoke`.</summary>
internal static class LambdaPayload
{
    /// <summary>A string is handed on as it is: the function receives the JSON the string holds. Nothing at all is an empty object.</summary>
    public static byte[] Of(JsonValue? payload) => payload switch
    {
        JsonString text => Encoding.UTF8.GetBytes(text.Text),
        null or { Kind: JsonKind.Null } => "{}"u8.ToArray(),
        _ => payload.ToUtf8(),
    };

    /// <summary>Lambda's refusal of a payload that is no JSON, which only a string can be; null when it accepts it.</summary>
    public static TaskOutcome? Refuse(TaskState state, JsonValue parameters, string requestId)
    {
        if (state.Resource.Kind != TaskResourceKind.LambdaInvoke || (parameters as JsonObject)?["Payload"] is not JsonString text)
        {
            return null;
        }

        try
        {
            JsonReader.Parse(Encoding.UTF8.GetBytes(text.Text));
            return null;
        }
        catch (JsonException wrong)
        {
            return TaskOutcome.Failed(
                "Lambda.InvalidRequestContentException",
                $"Could not parse request body into json: {PayloadFault.Describe(text.Text, wrong)} (Service: Lambda, Status Code: 400, Request ID: {requestId})");
        }
    }
}
