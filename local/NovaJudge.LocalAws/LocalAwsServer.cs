using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NovaJudge.LocalAws.Announcing;
using NovaJudge.LocalAws.BedrockRuntime;
using NovaJudge.LocalAws.Lambda;
using NovaJudge.LocalAws.Protocol;
using NovaJudge.LocalAws.S3;
using NovaJudge.LocalAws.SageMaker;
using NovaJudge.LocalAws.StepFunctions;
using NovaJudge.Pipeline;

namespace NovaJudge.LocalAws;

/// <summary>
/// The part of AWS that the functions call, on one loopback address: S3, SageMaker, Bedrock, Step Functions, EventBridge and
/// SNS, told apart by the service that a request is signed for, and the Lambda Runtime API below <c>/lambda/</c>.
/// </summary>
public sealed class LocalAwsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LocalAwsOptions _options;
    private readonly Dictionary<string, Func<SignedRequest, HttpContext, Task>> _services;

    private LocalAwsServer(WebApplication app, LocalAwsOptions options)
    {
        (_app, _options) = (app, options);
        Functions = new LambdaRuntimeApi(options.Time);
        var sageMaker = new SageMakerService(options);
        var endpoints = new EndpointService(options.Endpoints);
        _services = new(StringComparer.Ordinal)
        {
            ["s3"] = new S3Service(options.Buckets).AnswerAsync,
            ["sagemaker"] = (request, context) => request.Path.StartsWith("/endpoints/", StringComparison.Ordinal)
                ? endpoints.AnswerAsync(request, context)
                : sageMaker.AnswerAsync(request, context),
            ["bedrock"] = new ConverseService(options.Models).AnswerAsync,
            ["states"] = new CallbackService(options.Callbacks).AnswerAsync,
            ["events"] = new EventService(options).AnswerAsync,
            ["sns"] = new TopicService(options.OnMessage).AnswerAsync,
        };
    }

    /// <summary>Where it listens: the value for <c>AWS_ENDPOINT_URL</c>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The functions that wait for processes to serve them.</summary>
    public LambdaRuntimeApi Functions { get; }

    /// <summary>Starts to listen on a free port.</summary>
    public static async Task<LocalAwsServer> StartAsync(LocalAwsOptions options, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<KestrelServerOptions>(static kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var server = new LocalAwsServer(app, options);
        app.Run(server.AnswerAsync);
        await app.StartAsync(cancellationToken);
        server.Address = app.Urls.Single();
        server.Functions.Address = server.Address["http://".Length..];
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(LambdaRuntimeApi.Root, StringComparison.Ordinal))
        {
            await Functions.AnswerAsync(context);
            return;
        }

        var request = await SignedRequest.ReadAsync(context);
        try
        {
            if (!_services.TryGetValue(request.Service, out var service))
            {
                throw new AwsErrorException(403, "MissingAuthenticationTokenException", "The request is not signed for a service that stands here.");
            }

            if (_options.SignatureProblem?.Invoke(request) is { } problem)
            {
                throw new AwsErrorException(403, request.Service == "s3" ? "SignatureDoesNotMatch" : "InvalidSignatureException", problem);
            }

            await service(request, context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AwsAnswers.ErrorAsync(context, request.Service, Error(exception));
        }
    }

    private static AwsErrorException Error(Exception exception) => exception switch
    {
        AwsErrorException error => error,
        JsonException or PipelineException { ErrorName: ErrorNames.BadInput } => new AwsErrorException(400, "ValidationException", exception.Message),
        _ => new AwsErrorException(500, "InternalFailure", $"{exception.GetType().Name}: {exception.Message}"),
    };
}
