using System.Text;
using System.Xml;

namespace NovaJudge.Reports.Tables;

/// <summary>Foreign text for XML 1.0, which has no way to write some characters and advises against other control characters.</summary>
internal static class XmlText
{
    /// <summary>The text with a replacement character for each control character and for what else XML 1.0 cannot hold.</summary>
    public static string Clean(string text)
    {
        var bad = -1;
        for (var index = 0; index < text.Length && bad < 0; index++)
        {
            bad = IsWritable(text, index) ? -1 : index;
        }

        if (bad < 0)
        {
            return text;
        }

        var clean = new StringBuilder(text.Length).Append(text, 0, bad);
        for (var index = bad; index < text.Length; index++)
        {
            clean.Append(IsWritable(text, index) ? text[index] : '\ufffd');
        }

        return clean.ToString();
    }

    private static bool IsWritable(string text, int index) =>
        (XmlConvert.IsXmlChar(text[index]) && (!char.IsControl(text[index]) || text[index] is '\t' or '\n' or '\r'))
        || (index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]))
        || (index > 0 && XmlConvert.IsXmlSurrogatePair(text[index], text[index - 1]));
}
