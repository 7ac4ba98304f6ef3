using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace NovaJudge.Aws.Protocol;

/// <summary>Reads answers and errors. An answer that cannot be read is retried like any broken connection.</summary>
internal sealed class WireUnmarshaller<T>(Func<WireAnswer, T> read) : JsonResponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input) =>
        new WireResult<T> { Value = read(new WireAnswer(input.ResponseData, ReadAll(input.Stream))) };

    public override AmazonServiceException UnmarshallException(JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        ServiceException.Read(new WireAnswer(input.ResponseData, ReadAll(input.Stream)), statusCode, innerException);

    private static byte[] ReadAll(Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
