namespace NovaJudge.Pipeline.Datasets.Reading;

/// <summary>A record before any string is made: places in the arena.</summary>
internal struct RecordSlots()
{
    public TextSlot Id = TextSlot.None;
    public TextSlot Prompt = TextSlot.None;
    public TextSlot Context = TextSlot.None;
    public TextSlot Category = TextSlot.None;
    public TextSlot Cluster = TextSlot.None;
    public TextSlot ResponseA = TextSlot.None;
    public TextSlot ResponseB = TextSlot.None;

    /// <summary>Where the record's references begin in the list they share, and how many there are; -1 when the record has no such field.</summary>
    public int FirstReference;
    public int ReferenceCount = -1;

    public bool Unanswerable;
    public long Line;
}
