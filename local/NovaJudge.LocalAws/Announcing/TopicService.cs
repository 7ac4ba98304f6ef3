using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using NovaJudge.LocalAws.Protocol;

namespace NovaJudge.LocalAws.Announcing;

/// <summary>SNS's Publish, in the query protocol: a form in, XML out.</summary>
internal sealed class TopicService(Action<string, string, string>? onMessage)
{
    private static readonly XNamespace Namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

    public Task AnswerAsync(SignedRequest request, HttpContext context)
    {
        using var reader = new FormReader(Encoding.UTF8.GetString(request.Body));
        var form = reader.ReadForm();
        if (form.GetValueOrDefault("Action").ToString() != "Publish")
        {
            throw new AwsErrorException(400, "InvalidAction", "Only Publish is part of this stand-in.");
        }

        onMessage?.Invoke(form["TopicArn"].ToString(), form.GetValueOrDefault("Subject").ToString(), form["Message"].ToString());
        return AwsAnswers.XmlAsync(context, new XElement(Namespace + "PublishResponse",
            new XElement(Namespace + "PublishResult", new XElement(Namespace + "MessageId", Guid.NewGuid().ToString()))));
    }
}
