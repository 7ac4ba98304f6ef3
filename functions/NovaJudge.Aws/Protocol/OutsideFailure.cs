using System.Net.Sockets;
using Amazon.Runtime;

namespace NovaJudge.Aws.Protocol;

/// <summary>Tells calls that failed outside from mistakes of ours, which stay what they are.</summary>
internal static class OutsideFailure
{
    /// <summary>Whether a service, its credentials or the way to it failed; a call that its caller cancelled has not.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonServiceException or AmazonClientException or ProcessAWSCredentialException or HttpRequestException or IOException or SocketException or TimeoutException => true,
        _ => false,
    };
}
