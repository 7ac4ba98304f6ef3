using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.EventStreams;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace NovaJudge.Aws.Protocol;

/// <summary>
/// Reads the whole body before it is unmarshalled. The SDK reads it synchronously: a slow answer would hold a thread,
/// and a cancelled one would wait two seconds for the rest.
/// </summary>
internal sealed class BodyReader : PipelineHandler
{
    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var result = await base.InvokeAsync<T>(executionContext);
        var context = executionContext.ResponseContext;
        using var body = context.HttpResponse.ResponseBody;
        await using var stream = await body.OpenResponseAsync();
        var content = new MemoryStream();
        await stream.CopyToAsync(content, executionContext.RequestContext.CancellationToken);
        context.HttpResponse = new BufferedResponse(context.HttpResponse, content);
        return result;
    }

    private sealed class BufferedResponse(IWebResponseData response, MemoryStream content) : IWebResponseData, IHttpResponseBody
    {
        public long ContentLength => content.Length;

        public string ContentType => response.ContentType;

        public HttpStatusCode StatusCode => response.StatusCode;

        public bool IsSuccessStatusCode => response.IsSuccessStatusCode;

        public IHttpResponseBody ResponseBody => this;

        public string[] GetHeaderNames() => response.GetHeaderNames();

        public bool IsHeaderPresent(string headerName) => response.IsHeaderPresent(headerName);

        public string GetHeaderValue(string headerName) => response.GetHeaderValue(headerName);

        public bool IsEventHeaderPresent(string headerName) => response.IsEventHeaderPresent(headerName);

        public IEventStreamHeader GetEventStreamHeader(string headerName) => response.GetEventStreamHeader(headerName);

        public Stream OpenResponse()
        {
            content.Position = 0;
            return content;
        }

        public Task<Stream> OpenResponseAsync() => Task.FromResult(OpenResponse());

        public void Dispose() => content.Dispose();
    }
}
