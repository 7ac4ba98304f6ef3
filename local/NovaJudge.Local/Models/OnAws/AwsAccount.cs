using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace NovaJudge.Local.Models.OnAws;

/// <summary>The AWS account that this machine is set up for, as the AWS command line finds it. Nothing of it is ever stored with a run.</summary>
internal static class AwsAccount
{
    private const string DefaultProfile = "default";
    private const string NamesProfile = "AWS_PROFILE";

    /// <summary>Variables that bring credentials by themselves; they go before profiles.</summary>
    private static readonly string[] Bringing =
        ["AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"];

    private static string ProfileName => Variable(NamesProfile) ?? DefaultProfile;

    /// <summary>Where the credentials are, without reading them; <c>null</c>: nowhere. The metadata service is not asked: on a laptop that is a wait for nothing.</summary>
    public static string? FindCredentials() =>
        Bringing.FirstOrDefault(variable => Variable(variable) is not null) is { } variable ? $"by {variable}"
        : FindProfile() is not null ? $"the profile {ProfileName}"
        : IsEc2 ? "the role of this EC2 instance, if it has one"
        : null;

    public static string? FindRegion() => Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? FindProfile()?.Region?.SystemName;

    /// <summary>Why there are no credentials, and what to do; <c>null</c> when there seem to be some.</summary>
    public static string? FindCredentialsProblem() =>
        FindCredentials() is not null ? null
        : ReadProfile(out var problem) is null && problem is not null ? $"the AWS profiles cannot be read: {problem}"
        : Variable(NamesProfile) is { } name ? $"there is no profile {name} with AWS credentials; see: aws configure list-profiles"
        : "there are no AWS credentials here: aws configure sso, or export AWS_PROFILE";

    private static string? FindProblem() => FindCredentialsProblem() ?? (FindRegion() is null ? "no AWS region is set: export AWS_REGION=us-east-1" : null);

    /// <summary>What has to be done before anything on AWS can be called; <c>null</c> when nothing has. Credentials are had, which costs nothing.</summary>
    public static async Task<string?> FindProblemAsync(CancellationToken cancellationToken) => FindProblem() ?? await SignInAsync(cancellationToken);

    private static async Task<string?> SignInAsync(CancellationToken cancellationToken)
    {
        try
        {
            var credentials = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync().WaitAsync(cancellationToken);
            await credentials.GetCredentialsAsync().WaitAsync(cancellationToken);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var profile = Variable(NamesProfile) is { } name ? $" --profile {name}" : "";
            return $"AWS credentials ({FindCredentials()}) cannot be had: {e.Message.ReplaceLineEndings(" ")} Sign in again: aws sso login{profile}, or see: aws sts get-caller-identity{profile}";
        }
    }

    /// <summary>Lets profiles sign in and take roles; natively compiled code cannot look for the clients that this takes.</summary>
    public static void EnableProfiles()
    {
        var clients = GlobalRuntimeDependencyRegistry.Instance;
        clients.RegisterSSOClient(context => new AmazonSSOClient(
            new AnonymousAWSCredentials(), new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region }));
        clients.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(
            new AnonymousAWSCredentials(), new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region }));
        clients.RegisterSecurityTokenServiceClient(context => new AmazonSecurityTokenServiceClient(
            new AnonymousAWSCredentials(), new AmazonSecurityTokenServiceConfig { RegionEndpoint = context.SecurityTokenServiceClientContextData.Region }));
    }

    private static bool IsEc2
    {
        get
        {
            const string vendor = "/sys/devices/virtual/dmi/id/board_vendor";
            return File.Exists(vendor) && File.ReadAllText(vendor).Trim() == "Amazon EC2";
        }
    }

    private static CredentialProfile? FindProfile() => ReadProfile(out _);

    /// <param name="problem">Why the files of profiles cannot be read.</param>
    private static CredentialProfile? ReadProfile(out string? problem)
    {
        problem = null;
        try
        {
            return new CredentialProfileStoreChain().TryGetProfile(ProfileName, out var profile) && profile.CanCreateAWSCredentials ? profile : null;
        }
        catch (Exception e) when (e is AmazonClientException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            problem = e.Message.ReplaceLineEndings(" ");
            return null;
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
