using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace NovaJudge.Functions.Runtime;

/// <summary>
/// The Lambda Runtime API: take the next call, answer it or report its error, for ever. The interface is four HTTP calls
/// ("Using the Lambda runtime API for custom runtimes", AWS Lambda developer guide).
/// </summary>
/// <param name="client">A client whose base address is the API's.</param>
/// <param name="time">The clock that deadlines are measured by.</param>
/// <param name="log">Told of every failed call.</param>
internal sealed class LambdaRuntime(HttpClient client, TimeProvider time, FunctionLog log)
{
    /// <summary>Longest answer in bytes; Lambda refuses a longer one with 413.</summary>
    public const int LongestResponse = (6 * 1024 * 1024) + 100;

    /// <summary>The variable that the AWS SDK passes on as the trace header.</summary>
    public const string TraceVariable = "_X_AMZN_TRACE_ID";

    private const string DeadlineHeader = "Lambda-Runtime-Deadline-Ms";
    private const string RequestIdHeader = "Lambda-Runtime-Aws-Request-Id";
    private const string TraceIdHeader = "Lambda-Runtime-Trace-Id";
    private const string ErrorTypeHeader = "Lambda-Runtime-Function-Error-Type";
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    /// <summary>Serves calls, one after the other, until the token fires while none is under way.</summary>
    /// <exception cref="HttpRequestException">The API cannot be reached or is broken; the process has to end.</exception>
    public async Task RunAsync(InvocationHandler handler, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Invocation invocation;
            try
            {
                invocation = await NextAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            Environment.SetEnvironmentVariable(TraceVariable, invocation.TraceId);
            await ServeAsync(invocation, handler);
        }
    }

    /// <summary>Reports that the function cannot start; the process ends afterwards.</summary>
    public async Task ReportInitErrorAsync(Exception exception, CancellationToken cancellationToken)
    {
        var error = InvocationError.Of(exception, outOfTime: false);
        await log.ErrorAsync(null, error);
        await PostErrorAsync("init/error", error, cancellationToken);
    }

    private async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync("invocation/next", cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"The Lambda Runtime API answered {(int)response.StatusCode} where the next call is expected.", null, response.StatusCode);
        }

        var requestId = Header(response, RequestIdHeader) ?? throw new HttpRequestException($"The Lambda Runtime API sent a call without {RequestIdHeader}.");
        DateTimeOffset? deadline = long.TryParse(Header(response, DeadlineHeader), CultureInfo.InvariantCulture, out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
        return new Invocation(requestId, await response.Content.ReadAsByteArrayAsync(cancellationToken), deadline, Header(response, TraceIdHeader));
    }

    private async Task ServeAsync(Invocation invocation, InvocationHandler handler)
    {
        var (answer, error) = await CallAsync(invocation, handler);
        if (error is null)
        {
            await PostAnswerAsync(invocation, answer);
        }
        else
        {
            await log.ErrorAsync(invocation.RequestId, error);
            await PostErrorAsync($"invocation/{invocation.RequestId}/error", error, CancellationToken.None);
        }
    }

    private async Task<(byte[] Answer, InvocationError? Error)> CallAsync(Invocation invocation, InvocationHandler handler)
    {
        using var deadline = new CancellationTokenSource(
            invocation.Deadline is { } end ? InvocationDeadline.TimeToWork(end, time.GetUtcNow()) : Timeout.InfiniteTimeSpan, time);
        try
        {
            var answer = await handler(invocation, deadline.Token);
            return (answer, answer.Length <= LongestResponse ? null : TooLarge(answer.Length));
        }
        catch (Exception exception)
        {
            return ([], InvocationError.Of(exception, deadline.IsCancellationRequested));
        }
    }

    private async Task PostAnswerAsync(Invocation invocation, byte[] answer)
    {
        using var content = new ByteArrayContent(answer) { Headers = { ContentType = Json } };
        using var response = await PostAsync($"invocation/{invocation.RequestId}/response", content, CancellationToken.None);
        if (!response.IsSuccessStatusCode)
        {
            // Refused: too large after all (413), or the call is over already (400, 403). Its caller has been told by Lambda.
            await log.ErrorAsync(invocation.RequestId, response.StatusCode == HttpStatusCode.RequestEntityTooLarge
                ? TooLarge(answer.Length)
                : new InvocationError($"The Lambda Runtime API answered {(int)response.StatusCode} to the response.", "Runtime.ResponseRefused", []));
        }
    }

    private async Task PostErrorAsync(string path, InvocationError error, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(error.ToBody()) { Headers = { ContentType = ErrorJson } };
        content.Headers.Add(ErrorTypeHeader, error.PlatformType);
        using var response = await PostAsync(path, content, cancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, ByteArrayContent content, CancellationToken cancellationToken)
    {
        var response = await client.PostAsync(path, content, cancellationToken);
        return (int)response.StatusCode < 500
            ? response
            : throw new HttpRequestException($"The Lambda Runtime API answered {(int)response.StatusCode} to {path}.", null, response.StatusCode);
    }

    private static InvocationError TooLarge(int length) =>
        new($"The step's output has {length} bytes; Lambda takes {LongestResponse}.", InvocationError.ResponseTooLarge, []);

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
