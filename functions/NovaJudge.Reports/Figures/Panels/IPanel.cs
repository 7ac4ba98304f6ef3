namespace NovaJudge.Reports.Figures.Panels;

/// <summary>One of the six panels.</summary>
internal interface IPanel
{
    string Id { get; }

    string Title { get; }

    /// <summary>What is counted: prompts or passes, and how many.</summary>
    string UnitOf(FigureData data);

    /// <summary>Draws into the area below the title, which may be as narrow as 372.</summary>
    void Draw(FigureData data, Sketch sketch, Box area);
}
