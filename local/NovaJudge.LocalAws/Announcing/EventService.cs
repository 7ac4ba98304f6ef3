using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using NovaJudge.LocalAws.Protocol;

namespace NovaJudge.LocalAws.Announcing;

/// <summary>EventBridge's PutEvents on the default bus.</summary>
internal sealed class EventService(LocalAwsOptions options)
{
    private int _events;

    public async Task AnswerAsync(SignedRequest request, HttpContext context)
    {
        if (request.Operation != "PutEvents")
        {
            throw new AwsErrorException(400, "UnknownOperationException", $"{request.Operation} is not part of this stand-in.");
        }

        using var document = JsonDocument.Parse(request.Body);
        var results = new JsonArray();
        foreach (var entry in document.RootElement.GetProperty("Entries").EnumerateArray())
        {
            var id = Interlocked.Increment(ref _events).ToString("x32", CultureInfo.InvariantCulture);
            options.OnEvent?.Invoke(JsonElement.Parse(new JsonObject
            {
                ["version"] = "0",
                ["id"] = id,
                ["detail-type"] = entry.GetProperty("DetailType").GetString(),
                ["source"] = entry.GetProperty("Source").GetString(),
                ["account"] = options.Account,
                ["time"] = options.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ["region"] = options.Region,
                ["resources"] = new JsonArray(),
                ["detail"] = JsonNode.Parse(entry.GetProperty("Detail").GetString()!),
            }.ToJsonString()));
            results.Add((JsonNode)new JsonObject { ["EventId"] = id });
        }

        await AwsAnswers.JsonAsync(context, new JsonObject { ["FailedEntryCount"] = 0, ["Entries"] = results });
    }
}
