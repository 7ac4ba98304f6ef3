using System.Globalization;
using System.Text;
using NovaJudge.StatesLanguage.Json;

namespace NovaJudge.StatesLanguage.Tasks;

/// <summary>The answer of `lambda:invoke`: the function's payload in the envelope of Lambda's Invoke operation.</summary>
internal static class LambdaAnswer
{
    public static JsonObject Wrap(JsonValue payload, string requestId, DateTimeOffset now, bool withLog)
    {
        var length = payload.Size.ToString(CultureInfo.InvariantCulture);
        var date = now.UtcDateTime.ToString("r", CultureInfo.InvariantCulture);
        var log = withLog ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"START RequestId: {requestId} Version: $LATEST\nEND RequestId: {requestId}\n")) : null;
        (string Name, string Value)[] headers =
        [
            .. log is null ? [] : new[] { ("X-Amz-Log-Result", log) },
            ("X-Amz-Executed-Version", "$LATEST"),
            ("x-amzn-Remapped-Content-Length", "0"),
            ("Connection", "keep-alive"),
            ("x-amzn-RequestId", requestId),
            ("Content-Length", length),
            ("Date", date),
            ("X-Amzn-Trace-Id", "root=1-" + requestId.Replace("-", "", StringComparison.Ordinal) + ";sampled=0"),
            ("Content-Type", "application/json"),
        ];
        var all = new JsonObjectBuilder(headers.Length);
        var single = new JsonObjectBuilder(headers.Length);
        foreach (var (name, value) in headers)
        {
            all.Set(name, new JsonArray([JsonValue.From(value)]));
            single.Set(name, value);
        }

        var answer = new JsonObjectBuilder(6).Set("ExecutedVersion", "$LATEST");
        if (log is not null)
        {
            answer.Set("LogResult", log);
        }

        return answer
            .Set("Payload", payload)
            .Set("SdkHttpMetadata", new JsonObjectBuilder(3).Set("AllHttpHeaders", all.Build()).Set("HttpHeaders", single.Build()).Set("HttpStatusCode", 200).Build())
            .Set("SdkResponseMetadata", new JsonObjectBuilder(1).Set("RequestId", requestId).Build())
            .Set("StatusCode", 200)
            .Build();
    }
}
