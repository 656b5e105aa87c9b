create table if not exists message (
	id bigint generated always as identity primary key,
	room varchar(15) not null,
	author varchar(50) not null,
	text varchar(500) not null,
	sent timestamp with time zone not null
);
