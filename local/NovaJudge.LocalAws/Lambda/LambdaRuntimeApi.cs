using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace NovaJudge.LocalAws.Lambda;

/// <summary>
/// The Lambda Runtime API, one address for each process that serves a function: a process takes the next call of its function
/// from there and answers it. Limits and states are those of AWS's runtime interface emulator.
/// </summary>
public sealed class LambdaRuntimeApi(TimeProvider time)
{
    internal const string Root = "/lambda";
    private const string Runtime = "/2018-06-01/runtime/";

    /// <summary>6 MB and a little, as the service has it.</summary>
    private const int LongestResponse = (6 * 1024 * 1024) + 100;

    private readonly ConcurrentDictionary<string, FunctionInstance> _instances = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Host and port.</summary>
    internal string Address { get; set; } = "";

    /// <summary>A function that processes will serve.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="timeout">How long a call may take.</param>
    public LocalFunction AddFunction(string name, TimeSpan timeout) => new(name, timeout, time);

    /// <summary>A process to be started for a function; its <see cref="FunctionInstance.Address"/> goes into <c>AWS_LAMBDA_RUNTIME_API</c>.</summary>
    public FunctionInstance AddInstance(LocalFunction function)
    {
        var id = $"{function.Name}-{Interlocked.Increment(ref _count)}";
        return _instances[id] = new FunctionInstance(function, $"{Address}{Root}/{id}");
    }

    internal async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        var start = path.IndexOf(Runtime, StringComparison.Ordinal);
        if (start < 0 || !_instances.TryGetValue(path[(Root.Length + 1)..start], out var instance))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await ((context.Request.Method, path[(start + Runtime.Length)..].Split('/')) switch
        {
            ("GET", ["invocation", "next"]) => NextAsync(instance, context),
            ("POST", ["invocation", var id, "response"]) => ResponseAsync(instance, id, context),
            ("POST", ["invocation", var id, "error"]) => ErrorAsync(context, body => instance.Fail(id, body)),
            ("POST", ["init", "error"]) => ErrorAsync(context, body =>
            {
                instance.FailToStart(body);
                return true;
            }),
            _ => RefuseAsync(context, StatusCodes.Status404NotFound, "NotFound"),
        });
    }

    private static async Task NextAsync(FunctionInstance instance, HttpContext context)
    {
        FunctionCall call;
        try
        {
            call = await instance.NextAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The process has gone.
            return;
        }

        var response = context.Response;
        response.ContentType = "application/json";
        response.ContentLength = call.Payload.Length;
        response.Headers["Lambda-Runtime-Aws-Request-Id"] = call.RequestId;
        response.Headers["Lambda-Runtime-Deadline-Ms"] = call.Deadline!.Value.ToUnixTimeMilliseconds().ToString();
        response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = $"arn:aws:lambda:us-east-1:123456789012:function:{instance.Function.Name}";
        response.Headers["Lambda-Runtime-Trace-Id"] = $"Root=1-{call.RequestId[..8]}-{call.RequestId.Replace("-", "", StringComparison.Ordinal)[8..]};Sampled=0";
        await response.Body.WriteAsync(call.Payload, context.RequestAborted);
    }

    private static async Task ResponseAsync(FunctionInstance instance, string id, HttpContext context)
    {
        var body = await BodyAsync(context);
        if (body.Length > LongestResponse)
        {
            instance.Fail(id, FunctionErrorException.Report("Function.ResponseSizeTooLarge", $"Response payload size ({body.Length} bytes) exceeded maximum allowed payload size ({LongestResponse} bytes)."));
            await RefuseAsync(context, StatusCodes.Status413RequestEntityTooLarge, "RequestEntityTooLarge");
        }
        else if (instance.Succeed(id, body))
        {
            await AcceptAsync(context);
        }
        else
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID");
        }
    }

    private static async Task ErrorAsync(HttpContext context, Func<byte[], bool> fail)
    {
        var accepted = fail(await BodyAsync(context));
        await (accepted ? AcceptAsync(context) : RefuseAsync(context, StatusCodes.Status400BadRequest, "InvalidRequestID"));
    }

    private static Task AcceptAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status202Accepted, """{"status":"OK"}""");

    private static Task RefuseAsync(HttpContext context, int status, string type) => WriteAsync(context, status, $$"""{"errorMessage":"","errorType":"{{type}}"}""");

    private static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body, context.RequestAborted);
    }

    private static async Task<byte[]> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
