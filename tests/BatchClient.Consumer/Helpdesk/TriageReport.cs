namespace Helpdesk;

/// <summary>Every ticket of a triage, on one side or the other.</summary>
public sealed record TriageReport(IReadOnlyList<TriagedTicket> Triaged, IReadOnlyList<UntriagedTicket> Untriaged);
