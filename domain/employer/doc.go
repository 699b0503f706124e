// Package employer knows who offers work and what work they offer:
// organisations, their verification by two people, and vacancies with their
// life from draft to filled.
//
// It promises three things to jobseekers. A vacancy is public only after its
// employer was verified by two different members of staff or a counsellor read
// the text. Every public vacancy carries the declaration that workers are
// charged nothing (ILO general principles for fair recruitment, 2019), and a
// text that mentions a fee is held until somebody looked. A vacancy nobody
// confirmed for 90 days is no longer shown.
//
// Counsellors also record vacancies they hear of (a call, the newspaper, the
// radio) with their source and without any employer account.
//
// What is not here: who applies and who is hired (domain/placement, which
// fills posts through [Vacancy.FillPost]), and who fits (domain/matching).
package employer
