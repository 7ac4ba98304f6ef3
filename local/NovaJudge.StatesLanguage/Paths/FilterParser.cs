namespace NovaJudge.StatesLanguage.Paths;

/// <summary>Parses the condition of `[?(...)]`: `!`, `&amp;&amp;`, `||`, parentheses and Jayway's comparison words.</summary>
internal sealed partial class FilterParser(string source, int start, int filterDepth)
{
    private const int MaximumNesting = 100;
    private const int MaximumFiltersInFilters = 10;

    private static readonly string[] Symbols = ["===", "!==", "==", "!=", "<=", ">=", "=~", "<", ">"];
    private static readonly string[] Words = ["in", "nin", "contains", "all", "subsetof", "anyof", "noneof", "size", "empty"];

    private int _at = start;
    private int _depth;

    public int Position => _at;

    public FilterCondition Parse()
    {
        Expect('(');
        var condition = ParseOr();
        Expect(')');
        return condition;
    }

    private FilterCondition ParseOr()
    {
        List<FilterCondition> any = [ParseAnd()];
        while (Skip("||"))
        {
            any.Add(ParseAnd());
        }

        return any.Count == 1 ? any[0] : new OrCondition([.. any]);
    }

    private FilterCondition ParseAnd()
    {
        List<FilterCondition> all = [ParseUnary()];
        while (Skip("&&"))
        {
            all.Add(ParseUnary());
        }

        return all.Count == 1 ? all[0] : new AndCondition([.. all]);
    }

    private FilterCondition ParseUnary()
    {
        if (++_depth > MaximumNesting)
        {
            throw Fault("the filter is nested too deeply");
        }

        FilterCondition condition;
        SkipBlanks();
        if (Peek == '!')
        {
            _at++;
            condition = new NotCondition(ParseUnary());
        }
        else if (Peek == '(')
        {
            condition = Parse();
        }
        else
        {
            condition = ParseComparison();
        }

        _depth--;
        return condition;
    }

    private FilterCondition ParseComparison()
    {
        var left = ParseOperand();
        SkipBlanks();
        var symbol = Array.Find(Symbols, s => string.CompareOrdinal(source, _at, s, 0, s.Length) == 0);
        if (symbol is not null)
        {
            _at += symbol.Length;
            return symbol == "=~" ? new MatchCondition(left, ParseRegex()) : new CompareCondition(left, symbol, ParseOperand());
        }

        var word = ReadWord();
        if (word.Length == 0)
        {
            return new ExistsCondition(left);
        }

        return Array.Find(Words, w => w.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known
            ? new CompareCondition(left, known, ParseOperand())
            : throw Fault($"Filter operator {word} is not supported!");
    }

    private string ReadWord()
    {
        var from = _at;
        while (char.IsAsciiLetter(Peek))
        {
            _at++;
        }

        return source[from.._at];
    }

    private char Peek => _at < source.Length ? source[_at] : '\0';

    private bool Skip(string expected)
    {
        SkipBlanks();
        if (string.CompareOrdinal(source, _at, expected, 0, expected.Length) != 0)
        {
            return false;
        }

        _at += expected.Length;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Skip(expected.ToString()))
        {
            throw Fault($"Expected '{expected}' in the filter at position {_at}");
        }
    }

    private void SkipBlanks()
    {
        while (Peek == ' ')
        {
            _at++;
        }
    }

    private static PathSyntaxException Fault(string message) => new(message);
}
